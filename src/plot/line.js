// Turns and moves the line as the sliders say: Rust drew the first one, and sent the examples.

// The lowest cost of σ(k·d) over all k, found by halving where its slope changes sign.
function lowestCost(distances, labels) {
  const farthest = Math.max(1e-9, ...distances.map(Math.abs));
  let [low, high] = [-30 / farthest, 30 / farthest];
  const sigmoid = (z) => 1 / (1 + Math.exp(-z));
  for (let i = 0; i < 50; i++) {
    const k = (low + high) / 2;
    const slope = distances.reduce((sum, d, i) => sum + (sigmoid(k * d) - labels[i]) * d, 0);
    if (slope > 0) high = k;
    else low = k;
  }
  const losses = distances.map((d, i) => Math.log1p(Math.exp(labels[i] === 1 ? -low * d : low * d)));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function show(figure, data, titleHeight) {
  const { svg, controls, part } = bringToLife(figure);
  const { points, colours } = data;
  const [left, top, width, height] = data.frame;
  const [[x1Low, x1High], [x2Low, x2High]] = [data.x, data.y];
  const pixel = (x1, x2) => `${left + (width * (x1 - x1Low)) / (x1High - x1Low)} ${top + (height * (x2High - x2)) / (x2High - x2Low)}`;
  const labels = points.map(([, , label]) => label);
  const far = 4 * (x1High - x1Low + x2High - x2Low);
  const written = (number) => String(number).replace("-", "−");
  // As many degrees as turn the line once, and as far as it meets examples.
  const reach = Math.ceil(10 * Math.max(...points.map(([x1, x2]) => Math.hypot(x1, x2))));

  const degrees = slider("Grados", 179);
  const offset = slider("Distancia al centro", reach);
  offset.min = -reach; // in tenths
  degrees.value = ((Math.round(data.degrees) % 180) + 180) % 180;
  offset.value = Math.round(10 * data.offset);
  for (const [name, control] of [["grados", degrees], ["distancia", offset]]) {
    const label = element("label", "flex: 1 1 200px; display: flex; align-items: center; gap: 8px", { textContent: name });
    label.append(control);
    controls.append(label);
  }
  const said = element("output", "flex: 1 1 100%; font-variant-numeric: tabular-nums");
  said.setAttribute("aria-live", "off"); // the sliders say what changes
  controls.append(said);
  let mostHits = null;
  let leastCost = null;

  function draw(angle, distance) {
    const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const distances = points.map(([x1, x2]) => cos * x2 - sin * x1 - distance);
    const ifLeftIsOne = distances.filter((d, i) => d > 0 === (labels[i] === 1)).length;
    const leftIsOne = 2 * ifLeftIsOne >= points.length;
    const hits = Math.max(ifLeftIsOne, points.length - ifLeftIsOne);
    const cost = lowestCost(distances, labels);

    const corner = (forth, aside) => pixel(forth * cos - (distance + aside) * sin, forth * sin + (distance + aside) * cos);
    const line = `M${corner(-far, 0)}L${corner(far, 0)}`;
    part("line").setAttribute("d", line);
    part("left").setAttribute("d", `${line}L${corner(far, far)}L${corner(-far, far)}z`);
    part("left").setAttribute("fill", colours[leftIsOne ? 1 : 0]);
    part("right").setAttribute("fill", colours[leftIsOne ? 0 : 1]);
    [...part("points").children].forEach((point, i) => {
      const at = i * Math.ceil(points.length / part("points").children.length); // of very many, some are not drawn
      const isWrong = (distances[at] > 0 === leftIsOne) !== (labels[at] === 1);
      point.setAttribute("stroke", isWrong ? "#000" : "#fff");
      point.setAttribute("stroke-width", isWrong ? 1.8 : 0.7);
    });

    const place = `${written(angle)}°, a ${written(distance)} del centro`;
    const told = {
      place,
      hits: `acierta ${hits} de ${points.length}`,
      accuracy: `exactitud ${((100 * hits) / points.length).toFixed(2)} %`,
      cost: `costo ${cost.toFixed(3)}`,
    };
    for (const [name, text] of Object.entries(told)) part(name).textContent = text;
    const text = Object.values(told).join(", ");
    svg.setAttribute("aria-label", `La recta: ${text}.`);
    degrees.setAttribute("aria-valuetext", text);
    offset.setAttribute("aria-valuetext", text);
    if (!mostHits || hits > mostHits.hits) mostHits = { hits, place };
    if (!leastCost || cost < leastCost.cost) leastCost = { cost, place };
    said.textContent = `Hasta ahora: más aciertos, ${mostHits.hits} (${mostHits.place}); menor costo, ${leastCost.cost.toFixed(3)} (${leastCost.place}).`;
  }

  degrees.oninput = offset.oninput = () => draw(Number(degrees.value), Number(offset.value) / 10);
  draw(data.degrees, data.offset);
}
