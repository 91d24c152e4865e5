// The two pictures of the playground, on canvases: the plane with its points, and the costs.

const INK = "#222";
const CLASSES = ["#d55e00", "#0072b2"]; // as in the still figures: orange circles, blue triangles

// A canvas that is as sharp as the screen; drawing is in CSS pixels.
function sharpCanvas(width, height) {
  const sharpness = Math.min(2, Math.max(1, window.devicePixelRatio));
  const canvas = element("canvas", `width: ${width}px; max-width: 100%; aspect-ratio: ${width} / ${height}`, { width: width * sharpness, height: height * sharpness });
  canvas.setAttribute("role", "img");
  const context = canvas.getContext("2d");
  context.scale(sharpness, sharpness);
  return { canvas, context, width, height };
}

// Orange where the probability of class 1 is low, blue where it is high, white between.
function shadeOf(probability) {
  const towards = probability < 0.5 ? [213, 94, 0] : [0, 114, 178];
  const strength = Math.abs(2 * probability - 1) * 0.55;
  return towards.map((part) => 255 + strength * (part - 255));
}

// `bounds` is { left, right, bottom, top }, `shade` has a probability for each of `fields` × `fields`.
function drawPlane({ context, width, height }, bounds, fields, shade, examples, lines) {
  const image = new ImageData(fields, fields);
  shade.forEach((probability, i) => image.data.set([...shadeOf(probability), 255], 4 * i));
  const small = element("canvas", "", { width: fields, height: fields });
  small.getContext("2d").putImageData(image, 0, 0);
  context.drawImage(small, 0, 0, width, height);

  const px = (x1) => (width * (x1 - bounds.left)) / (bounds.right - bounds.left);
  const py = (x2) => (height * (bounds.top - x2)) / (bounds.top - bounds.bottom);
  context.lineWidth = 2;
  context.strokeStyle = INK;
  context.stroke(boundaryOf(shade, fields, width, height));
  context.lineWidth = 1;
  context.setLineDash([5, 4]);
  for (let i = 0; i + 2 < Math.min(lines.length, 24); i += 3) {
    const [w1, w2, b] = lines.slice(i, i + 3);
    const isSteep = Math.abs(w1) > Math.abs(w2);
    const ends = isSteep
      ? [bounds.bottom, bounds.top].map((x2) => [-(w2 * x2 + b) / w1, x2])
      : [bounds.left, bounds.right].map((x1) => [x1, -(w1 * x1 + b) / w2]);
    context.beginPath();
    for (const [x1, x2] of ends) context.lineTo(px(x1), py(x2));
    context.stroke();
  }
  context.setLineDash([]);
  for (let i = 0; i < examples.length; i += 4) {
    const [x1, x2, label, predicted] = examples.slice(i, i + 4);
    const [x, y] = [px(x1), py(x2)];
    context.beginPath();
    if (label === 1) {
      context.moveTo(x, y - 4);
      context.lineTo(x + 3.6, y + 2.8);
      context.lineTo(x - 3.6, y + 2.8);
      context.closePath();
    } else {
      context.arc(x, y, 3.2, 0, 2 * Math.PI);
    }
    context.fillStyle = CLASSES[label];
    context.fill();
    context.lineWidth = label === predicted ? 0.7 : 1.6;
    context.strokeStyle = label === predicted ? "#fff" : "#000";
    context.stroke();
  }
}

// Where the probability passes 0.5 between two neighbouring fields, by marching squares.
function boundaryOf(shade, fields, width, height) {
  const path = new Path2D();
  const at = (column, row) => shade[row * fields + column] - 0.5;
  const x = (column) => (width * (column + 0.5)) / fields;
  const y = (row) => (height * (row + 0.5)) / fields;
  for (let row = 0; row + 1 < fields; row++) {
    for (let column = 0; column + 1 < fields; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const crossings = [];
      corners.forEach((from, i) => {
        const to = corners[(i + 1) % 4];
        const [a, b] = [at(...from), at(...to)];
        if (a > 0 === b > 0) return;
        const share = a / (a - b);
        crossings.push([x(from[0] + share * (to[0] - from[0])), y(from[1] + share * (to[1] - from[1]))]);
      });
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        path.moveTo(...crossings[i]);
        path.lineTo(...crossings[i + 1]);
      }
    }
  }
  return path;
}

// Both axes are logarithmic. `own` has a cost for each iteration, `fresh` pairs of iteration and cost.
function drawCosts({ context, width, height }, own, fresh) {
  const frame = { left: 46, right: width - 8, top: 10, bottom: height - 34 };
  const finite = [...own, ...fresh.map(([, cost]) => cost)].filter((cost) => cost > 0 && cost < Infinity);
  const last = Math.max(100, own.length);
  const [low, high] = [Math.min(0.3, ...finite) * 0.9, Math.max(0.7, ...finite) * 1.1];
  const x = (iteration) => frame.left + ((frame.right - frame.left) * Math.log(iteration + 1)) / Math.log(last + 1);
  const y = (cost) => frame.bottom - ((frame.bottom - frame.top) * Math.log(cost / low)) / Math.log(high / low);

  context.clearRect(0, 0, width, height);
  context.font = "12px system-ui, sans-serif";
  context.fillStyle = INK;
  context.strokeStyle = "#ddd";
  context.lineWidth = 1;
  context.textAlign = "right";
  for (const cost of [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 2, 5, 10, 100].filter((it) => low <= it && it <= high)) {
    context.strokeRect(frame.left, y(cost), frame.right - frame.left, 0);
    context.fillText(cost, frame.left - 6, y(cost) + 4);
  }
  context.textAlign = "center";
  for (let iteration = 1; iteration <= last; iteration *= 10) {
    context.strokeRect(x(iteration), frame.top, 0, frame.bottom - frame.top);
    context.fillText(iteration, x(iteration), frame.bottom + 16);
  }
  context.fillText("iteración", (frame.left + frame.right) / 2, height - 4);

  const draw = (points, colour, dash) => {
    context.beginPath();
    for (const [iteration, cost] of points) {
      if (cost > 0 && cost < Infinity) context.lineTo(x(iteration), y(cost));
    }
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  };
  draw(sampled(own), INK, []);
  draw(fresh, "#a3417a", [6, 3]);
  context.textAlign = "left";
  context.fillStyle = INK;
  context.fillText("— costo de sus puntos", frame.left + 10, frame.bottom - 24);
  context.fillStyle = "#a3417a";
  context.fillText("- - costo de puntos nuevos", frame.left + 10, frame.bottom - 8);
}

// As many of the costs as a screen shows: all of the first, and ever fewer.
function sampled(costs) {
  const points = [];
  for (let i = 0; i < costs.length; i = Math.max(i + 1, Math.floor(i * 1.01))) points.push([i, costs[i]]);
  if (costs.length > 0) points.push([costs.length - 1, costs[costs.length - 1]]);
  return points;
}
