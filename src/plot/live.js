// What the live figures share: their picture as a part of the page, and a row of controls under it.

function element(tag, style, properties = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  made.style.cssText = style;
  return made;
}

// Puts the SVG of the figure's <img> in the <img>'s place, on a white card, where a script can reach its parts:
// `part(name)` is the element marked with data-layer="name".
function bringToLife(figure) {
  const img = figure.querySelector("img");
  const base64 = img.src.split(",")[1];
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const svg = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml").documentElement;
  svg.setAttribute("aria-label", img.alt);
  svg.style.cssText = "display: block; position: relative; width: 100%; height: auto";
  svg.querySelector("title").remove(); // it would pop up under the pointer
  svg.querySelector("rect").remove(); // the card is white already

  const width = svg.viewBox.baseVal.width;
  const card = element("div", `max-width: ${width}px; background: #fff; color: #222; border-radius: 8px; color-scheme: light`);
  const stage = element("div", "position: relative");
  const controls = element("div", "display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 4px 20px 14px 68px; font: 14px system-ui, sans-serif");
  // JupyterLab would take the keys of a control, arrows and space, for shortcuts of its own.
  controls.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  stage.append(svg);
  card.append(stage, controls);
  img.replaceWith(card);
  return { svg, stage, controls, part: (name) => svg.querySelector(`[data-layer="${name}"]`) };
}

function slider(label, last) {
  const made = element("input", "flex: 1 1 200px; min-width: 120px; accent-color: #0072b2", { type: "range", min: 0, max: last, value: last });
  made.setAttribute("aria-label", label);
  return made;
}
