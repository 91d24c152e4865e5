// Moves the tangent to where the pointer or the slider is: Rust sent the function's values, z by z.

function show(figure, data, titleHeight) {
  const { svg, controls, part } = bringToLife(figure);
  const { frame, x, y, values, slopes } = data;
  const last = values.length - 1;
  const [left, top, width, height] = frame;
  const z = (i) => x[0] + ((x[1] - x[0]) * i) / last;
  const across = (z) => left + (width * (z - x[0])) / (x[1] - x[0]);
  const down = (value) => top + (height * (y[1] - value)) / (y[1] - y[0]);

  const chosen = slider("z", last);
  chosen.value = data.chosen;
  const said = element("output", "flex: 0 1 20em; font-variant-numeric: tabular-nums");
  controls.append(chosen, said);
  svg.style.cursor = "crosshair";
  svg.style.touchAction = "pan-y";

  function draw() {
    const i = Number(chosen.value);
    const tangent = (z1) => `${across(z1)} ${down(values[i] + slopes[i] * (z1 - z(i)))}`;
    part("tangent").setAttribute("d", `M${tangent(z(i) - data.reach)}L${tangent(z(i) + data.reach)}`);
    part("z").setAttribute("d", `M${across(z(i))} ${top}v${height}`);
    for (const [name, value] of [["value", values[i]], ["slope", slopes[i]]]) {
      part(name).setAttribute("cx", across(z(i)));
      part(name).setAttribute("cy", down(value));
    }
    const written = (number) => number.toFixed(3).replace("-", "−");
    const text = `z = ${written(z(i)).slice(0, -1)} · g(z) = ${written(values[i])} · g′(z) = ${written(slopes[i])}`;
    said.textContent = text;
    chosen.setAttribute("aria-valuetext", text);
  }

  chosen.oninput = draw;
  svg.onpointermove = svg.onpointerdown = (event) => {
    const box = svg.getBoundingClientRect();
    const pixel = ((event.clientX - box.left) * svg.viewBox.baseVal.width) / box.width;
    chosen.value = Math.round((last * (pixel - left)) / width); // the slider keeps it between 0 and last
    draw();
  };
  draw();
}
