// Trains a student's network, compiled to WebAssembly, a few milliseconds of each frame, and draws it.

const FIELDS = 60; // the plane is shaded in 60 × 60 fields
const BUDGET = 12; // milliseconds of a frame for training: the page stays quick
const STOP = 5000; // iterations after which it stops by itself
const DATASETS = ["la flor", "lunas", "círculos", "nubes", "anillos", "sin estructura"];
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 1.2, 2.4, 5, 10, 20];
const SCALES = [0, 0.001, 0.01, 0.1, 1, 3, 10];

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// The module with a memory of its own. It may print, and nothing else: there is no file, clock or network.
async function instantiate(module) {
  let said = "";
  const memory = () => new DataView(instance.exports.memory.buffer);
  const system = {
    fd_write(_, pieces, count, written) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [from, length] = [memory().getUint32(pieces + 8 * i, true), memory().getUint32(pieces + 8 * i + 4, true)];
        said += new TextDecoder().decode(new Uint8Array(instance.exports.memory.buffer, from, length));
        total += length;
      }
      memory().setUint32(written, total, true);
      return 0;
    },
    environ_sizes_get(count, size) {
      memory().setUint32(count, 0, true);
      memory().setUint32(size, 0, true);
      return 0;
    },
    random_get(from, length) {
      new Uint8Array(instance.exports.memory.buffer, from, length).fill(3);
      return 0;
    },
    environ_get: () => 0,
    proc_exit() {
      throw new Error("exit");
    },
  };
  const unknown = () => 52; // "not supported", in the words of WASI
  const imports = { wasi_snapshot_preview1: new Proxy(system, { get: (known, name) => known[name] ?? unknown }) };
  const instance = await WebAssembly.instantiate(module, imports);
  instance.exports._initialize?.();
  return { exports: instance.exports, said: () => said };
}

// The answers of a network: each is a list of numbers in the module's memory.
function network({ exports, said }) {
  const ask = (name, ...values) => {
    try {
      const from = exports[`ex03_${name}`](...values);
      if (from === undefined) return [];
      return Array.from(new Float64Array(exports.memory.buffer, from, exports.ex03_length()));
    } catch (error) {
      const lines = said().trim().split("\n");
      const why = error instanceof RangeError ? "Tu código se detuvo: una función se llama a sí misma sin fin" : "Tu código se detuvo";
      throw new Error(lines[lines.length - 1] || why);
    }
  };
  return new Proxy({}, { get: (_, name) => (...values) => ask(name, ...values) });
}

function playground(figure, moduleText, costsText) {
  const expected = new Float64Array(bytesOf(costsText).buffer);
  const compiled = unpack(bytesOf(moduleText)).then((bytes) => WebAssembly.compile(bytes));
  const card = element("div", "max-width: 740px; padding: 14px 16px; background: #fff; color: #222; border-radius: 8px; color-scheme: light; font: 14px system-ui, sans-serif");
  card.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  const row = (gap) => element("div", `display: flex; flex-wrap: wrap; align-items: center; gap: ${gap}; margin-top: 10px`);
  const [pictures, buttons, sliders] = [row("12px"), row("8px"), row("8px 18px")];
  const plane = sharpCanvas(340, 340);
  const costs = sharpCanvas(340, 340);
  pictures.append(plane.canvas, costs.canvas);
  const said = element("output", "display: block; margin-top: 8px; min-height: 1.4em; font-variant-numeric: tabular-nums");
  const proof = element("p", "margin: 4px 0 0; color: #555");
  card.append(pictures, said, buttons, sliders, proof);

  const button = (text, action) => {
    const made = element("button", "padding: 4px 12px; font: inherit; cursor: pointer", { type: "button", textContent: text });
    made.onclick = action;
    buttons.append(made);
    return made;
  };
  // A control with its name and its value as words; another value starts the network anew, if it has to.
  const control = (name, input, words, anew) => {
    const label = element("label", "display: flex; align-items: center; gap: 8px; flex: 1 1 200px");
    const value = element("span", "min-width: 3.5em; font-variant-numeric: tabular-nums");
    const tell = () => {
      value.textContent = words(input.value);
      input.setAttribute("aria-valuetext", words(input.value));
    };
    input.oninput = () => {
      tell();
      if (anew) start();
    };
    tell();
    label.append(element("span", "", { textContent: name }), input, value);
    sliders.append(label);
    return input;
  };
  const range = (min, max, value) => element("input", "flex: 1 1 80px; min-width: 80px; accent-color: #0072b2", { type: "range", min, max, value });
  const chosen = {
    units: control("unidades ocultas", range(1, 50, 4), (it) => it, true),
    rate: control("tasa", range(0, RATES.length - 1, RATES.indexOf(1.2)), (it) => `${RATES[it]}`, false),
    scale: control("pesos iniciales", range(0, SCALES.length - 1, SCALES.indexOf(0.01)), (it) => `${SCALES[it]}`, true),
    noise: control("ruido", range(0, 20, 4), (it) => (it / 20).toFixed(2), true),
    examples: control("ejemplos", range(1, 50, 20), (it) => `${20 * it}`, true),
    seed: control("semilla", element("input", "width: 5em", { type: "number", min: 0, max: 9999, value: 1 }), () => "", true),
  };
  const dataset = element("select", "font: inherit");
  DATASETS.forEach((name) => dataset.append(element("option", "", { textContent: name })));
  control("datos", dataset, () => "", true);

  let asked = null; // the network at work
  let bounds, own, fresh; // what the plane spans, and the costs so far
  let isTheExercise, agreed; // whether its costs are to be those of the notebook, and whether they are
  let frame = null;

  function fail(error) {
    pause();
    asked = null;
    said.textContent = error.message;
    said.setAttribute("role", "alert");
    if (!card.isConnected) figure.append(element("p", "", { textContent: `En vivo no se puede ver: ${error.message}` }));
  }

  // Another instance for each beginning: what went wrong before leaves no trace.
  async function start() {
    pause();
    said.removeAttribute("role");
    for (const input of [chosen.noise, chosen.examples]) input.disabled = dataset.selectedIndex > 0;
    try {
      asked = network(await instantiate(await compiled));
      const seed = Math.max(0, Math.floor(Number(chosen.seed.value)));
      const choice = [dataset.selectedIndex, seed, 10 * chosen.examples.value, chosen.noise.value / 20, Number(chosen.units.value), SCALES[chosen.scale.value]];
      asked.start(...choice);
      isTheExercise = choice.join() === "0,1,200,0.2,4,0.01" && RATES[chosen.rate.value] === 1.2;
      [own, fresh, agreed] = [[], [], true];
      const points = asked.examples();
      const around = (axis) => {
        const values = points.filter((_, i) => i % 4 === axis);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        return [low - 0.12 * (high - low), high + 0.12 * (high - low)];
      };
      const [[left, right], [bottom, top]] = [around(0), around(1)];
      bounds = { left, right, bottom, top };
      draw();
    } catch (error) {
      fail(error);
    }
  }

  // The costs of the exercise's own settings, beside those that the notebook has computed.
  function compared() {
    const known = Math.min(own.length, expected.length);
    if (!isTheExercise || known === 0) return "";
    if (agreed) return `Los ${known} primeros costos son los de nn_model en el cuaderno, bit a bit.`;
    return "Los costos no son los de nn_model en el cuaderno: mira su bucle, o ejecuta otra vez esta celda si cambiaste una función.";
  }

  function draw() {
    const { left, right, bottom, top } = bounds;
    const [cost, accuracy, freshCost, freshAccuracy] = asked.summary();
    drawPlane(plane, bounds, FIELDS, asked.shade(FIELDS, FIELDS, left, right, bottom, top), asked.examples(), asked.lines());
    drawCosts(costs, own, fresh);
    const percent = (share) => `${(100 * share).toFixed(2)} %`;
    const text = `iteración ${own.length} · costo ${cost.toPrecision(4)} · exactitud ${percent(accuracy)}, y ${percent(freshAccuracy)} en puntos nuevos`;
    said.textContent = Number.isNaN(cost) ? `iteración ${own.length} · el costo ya no es un número (NaN): la tasa es demasiado grande, o una fórmula falla` : text;
    proof.textContent = compared();
    plane.canvas.setAttribute("aria-label", `La frontera de la red. ${text}.`);
    costs.canvas.setAttribute("aria-label", `El costo hasta la iteración ${own.length}: ${cost.toPrecision(4)}; en puntos nuevos, ${freshCost.toPrecision(4)}.`);
  }

  function train(iterations) {
    const from = own.length;
    fresh.push([from, ...asked.fresh_cost()]);
    const rate = RATES[chosen.rate.value];
    isTheExercise &&= rate === 1.2;
    asked.train(iterations, rate);
    own.push(...asked.costs(from));
    for (let i = from; i < Math.min(own.length, expected.length); i++) agreed &&= Object.is(own[i], expected[i]);
  }

  function step() {
    frame = null;
    if (!figure.isConnected) return;
    try {
      const began = performance.now();
      // The axis is logarithmic: the first iterations count one by one.
      do train(Math.min(10, 1 + Math.floor(own.length / 20), stop - own.length));
      while (own.length < stop && performance.now() - began < BUDGET);
      draw();
    } catch (error) {
      return fail(error);
    }
    if (own.length >= stop) return pause();
    frame = requestAnimationFrame(step);
  }

  let stop = STOP;
  function pause() {
    if (frame) cancelAnimationFrame(frame);
    frame = null;
    play.textContent = "▶ Entrenar";
    said.setAttribute("aria-live", "polite");
  }
  function resume() {
    if (!asked) return;
    stop = own.length >= STOP ? Infinity : STOP;
    play.textContent = "❚❚ Pausa";
    said.setAttribute("aria-live", "off");
    frame = requestAnimationFrame(step);
  }
  const play = button("▶ Entrenar", () => (frame ? pause() : resume()));
  button("Un paso", () => {
    if (!asked) return;
    pause();
    try {
      train(1);
      draw();
    } catch (error) {
      fail(error);
    }
  });
  button("Empezar de nuevo", start);

  start().then(() => {
    // Else the still picture stays.
    if (bounds) figure.querySelector("figure").replaceWith(card);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) resume();
  });
}
