// Draws any moment of a training: Rust drew the last one, and sent the parameters of all.

// z of the output unit, whose sigmoid is the probability of class 1.
function output({ w1, b1, w2, b2 }, x1, x2) {
  let z = b2;
  for (let unit = 0; unit < w1.length; unit++) {
    z += w2[unit] * Math.tanh(w1[unit][0] * x1 + w1[unit][1] * x2 + b1[unit]);
  }
  return z;
}

// Shades every pixel by its probability, in tenths, and inks those where it passes 0.5.
function drawBoundary(canvas, parameters, data) {
  const { width, height } = canvas;
  const [left, right] = data.x;
  const [bottom, top] = data.y;
  const x1 = (column) => left + ((right - left) * (column + 0.5)) / width;
  const x2 = (row) => top - ((top - bottom) * (row + 0.5)) / height;
  const across = width + 1; // one column and one row more, for the slope at the last ones
  const z = new Float64Array(across * (height + 1));
  for (let i = 0; i < z.length; i++) {
    z[i] = output(parameters, x1(i % across), x2(Math.floor(i / across)));
  }

  const shades = data.colours.map((colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)));
  const image = new ImageData(width, height);
  const halfWidth = (0.8 * width) / data.frame[2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * across + column;
      const shade = shades[Math.min(9, Math.floor(10 / (1 + Math.exp(-z[i]))))];
      // How many pixels away z is 0, if it goes on changing as it does here.
      const slope = Math.hypot(z[i + 1] - z[i], z[i + across] - z[i]);
      const distance = slope > 0 ? Math.abs(z[i]) / slope : Infinity;
      const ink = Math.max(0, Math.min(1, halfWidth + 0.5 - distance));
      const at = 4 * (row * width + column);
      for (let c = 0; c < 3; c++) image.data[at + c] = ink * 0x22 + (1 - ink) * shade[c];
      image.data[at + 3] = 255;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// The two ends of w1·x1 + w2·x2 + b = 0 in the frame, in pixels; fewer where it passes outside.
function lineWithin([w1, w2], b, data) {
  const [left, top, width, height] = data.frame;
  const [[x1Low, x1High], [x2Low, x2High]] = [data.x, data.y];
  const sides = data.x.map((x1) => [x1, -(w1 * x1 + b) / w2]).filter(([, x2]) => x2Low <= x2 && x2 <= x2High);
  const others = data.y.map((x2) => [-(w2 * x2 + b) / w1, x2]).filter(([x1]) => x1Low < x1 && x1 < x1High);
  return [...sides, ...others].slice(0, 2).map(([x1, x2]) => [
    left + (width * (x1 - x1Low)) / (x1High - x1Low),
    top + (height * (x2High - x2)) / (x2High - x2Low),
  ]);
}

function show(figure, data, titleHeight) {
  const { svg, stage, controls, part } = bringToLife(figure);
  const { moments, points } = data;
  const last = moments.length - 1;

  // The shade, behind the rest of the picture, in place of the still one.
  part("shade").remove();
  const [left, top, width, height] = data.frame;
  const whole = svg.viewBox.baseVal;
  const percent = (part, of) => `${(100 * part) / of}%`;
  const sharpness = Math.min(2, Math.max(1, window.devicePixelRatio));
  const canvas = element("canvas", "position: absolute", { width: width * sharpness, height: height * sharpness, ariaHidden: "true" });
  canvas.style.left = percent(left, whole.width);
  canvas.style.top = percent(top + titleHeight, whole.height);
  canvas.style.width = percent(width, whole.width);
  canvas.style.height = percent(height, whole.height);
  stage.prepend(canvas);

  const play = element("button", "min-width: 8.5em; padding: 4px 10px; font: inherit; cursor: pointer", { type: "button" });
  const chosen = slider("Momento del entrenamiento", last);
  const said = element("output", "flex: 0 1 27em; font-variant-numeric: tabular-nums");
  said.setAttribute("aria-live", "off"); // the slider says the same, when it is moved by hand
  controls.append(play, chosen, said);
  const whenTrained = svg.getAttribute("aria-label");

  function draw() {
    const now = Number(chosen.value);
    const moment = moments[now];
    drawBoundary(canvas, moment, data);
    [...part("units").children].forEach((line, unit) => {
      const ends = lineWithin(moment.w1[unit], moment.b1[unit], data);
      line.setAttribute("display", ends.length === 2 ? "inline" : "none");
      if (ends.length < 2) return;
      const [path, number] = line.children;
      path.setAttribute("d", `M${ends.join("L")}`);
      const [[x, y], [toX, toY]] = ends;
      const share = 15 / Math.hypot(toX - x, toY - y);
      number.setAttribute("transform", `translate(${x + share * (toX - x)} ${y + share * (toY - y)})`);
    });
    [...part("points").children].forEach((point, i) => {
      const [x1, x2, label] = points[i];
      const isWrong = output(moment, x1, x2) > 0 !== (label === 1);
      point.setAttribute("stroke", isWrong ? "#000" : "#fff");
      point.setAttribute("stroke-width", isWrong ? 1.8 : 0.7);
    });
    part("cost").setAttribute("d", `M${moments.slice(0, now + 1).map(({ place }) => place).join("L")}`);
    part("now").setAttribute("cx", moment.place[0]);
    part("now").setAttribute("cy", moment.place[1]);
    const text = `iteración ${moment.iteration} · costo ${moment.cost.toPrecision(4)} · exactitud ${(100 * moment.accuracy).toFixed(2)} %`;
    said.textContent = text;
    chosen.setAttribute("aria-valuetext", text);
    svg.setAttribute("aria-label", now === last ? whenTrained : `La red en la ${text}.`);
  }

  let timer = null;
  function pause() {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶ Reproducir";
  }
  function step() {
    if (!figure.isConnected || Number(chosen.value) === last) return pause();
    chosen.value = Number(chosen.value) + 1;
    draw();
  }
  function start() {
    if (Number(chosen.value) === last) chosen.value = 0;
    draw();
    const prefersLessMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    timer = setInterval(step, prefersLessMotion ? 1500 : 200);
    play.textContent = "❚❚ Pausa";
  }
  play.onclick = () => (timer ? pause() : start());
  chosen.oninput = () => {
    pause();
    draw();
  };
  chosen.onkeydown = (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    play.click();
  };
  pause();
  draw();
}
