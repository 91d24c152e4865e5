
// What a page calls. It stands after a student's functions, in a crate of its own.
mod ex03_page {
    use ::std::cell::RefCell;

    use ::ex03_utils::playground::engine::{Data, Engine, Functions, Window};

    ::std::thread_local! {
        static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
        static ANSWER: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_start(
        dataset: u32,
        seed: u32,
        examples_of_a_class: u32,
        noise: f64,
        n_h: u32,
        weight_scale: f64,
    ) {
        let functions = Functions {
            init_parameters: super::init_parameters,
            fpropagation: super::fpropagation,
            cost_function: super::cost_function,
            bpropagation: super::bpropagation,
            update_parameters: super::update_parameters,
            predict: super::predict,
        };
        let data = Data {
            dataset,
            seed,
            examples_of_a_class: examples_of_a_class as usize,
            noise,
        };
        ENGINE.set(Some(Engine::start(functions, data, n_h as usize, weight_scale)));
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_train(iterations: u32, learning_rate: f64) {
        ENGINE.with_borrow_mut(|engine| {
            if let Some(engine) = engine {
                engine.train(iterations as usize, learning_rate);
            }
        });
    }

    fn answer(ask: impl FnOnce(&Engine) -> Vec<f64>) -> *const f64 {
        let numbers = ENGINE.with_borrow(|engine| engine.as_ref().map_or(Vec::new(), ask));
        ANSWER.with_borrow_mut(|answer| {
            *answer = numbers;
            answer.as_ptr()
        })
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_length() -> usize {
        ANSWER.with_borrow(Vec::len)
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_costs(from: u32) -> *const f64 {
        answer(|engine| engine.costs(from as usize))
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_fresh_cost() -> *const f64 {
        answer(Engine::fresh_cost)
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_summary() -> *const f64 {
        answer(Engine::summary)
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_examples() -> *const f64 {
        answer(Engine::examples)
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_lines() -> *const f64 {
        answer(Engine::lines)
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_shade(
        columns: u32,
        rows: u32,
        left: f64,
        right: f64,
        bottom: f64,
        top: f64,
    ) -> *const f64 {
        let window = Window {
            columns: columns as usize,
            rows: rows as usize,
            left,
            right,
            bottom,
            top,
        };
        answer(|engine| engine.shade(window))
    }
}
