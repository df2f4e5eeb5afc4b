// A drawing on the page as a picture to take along: svg as it is seen, and png at twice its size.  Many small
// drawings are put side by side in one, each with its name and its last number.  Many small
// drawings are put side by side in one, each with its name and its last number.
export function startPictures(root) {
  for (const list of root.querySelectorAll(".chart")) offer(list);
}

function offer(chart) {
  const drawing = chart.querySelector("svg.chart__svg, svg.hexmap, ul.multiples");
  const place = chart.querySelector(".chart__data");
  if (!drawing || !place || place.querySelector("[data-picture]")) return;
  const line = document.createElement("p");
  line.dataset.picture = "";
  for (const kind of ["svg", "png"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "tertiary";
    button.textContent = kind;
    button.addEventListener("click", () => (kind === "svg" ? saveSvg(chart, drawing) : savePng(chart, drawing)));
    line.append(button);
  }
  place.append(line);
}

const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "text-anchor", "opacity", "paint-order"];

/** The drawing alone, with the colours and letters it has on the page. */
function alone(drawing) {
  if (drawing.matches("ul.multiples")) return together(drawing);
  const { copy, width, height } = styled(drawing);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

const COLUMNS = 5;
const SMALL = { width: 190, height: 92, gap: 14, name: 16, size: 12 };
const SVG = "http://www.w3.org/2000/svg";

/** Small drawings in rows of five, with the pattern that a gap is filled with. */
function together(list) {
  const places = [...list.querySelectorAll("li")];
  const step = { x: SMALL.width + SMALL.gap, y: SMALL.height + SMALL.gap };
  const width = COLUMNS * step.x + SMALL.gap;
  const height = Math.ceil(places.length / COLUMNS) * step.y + SMALL.gap;
  const whole = document.createElementNS(SVG, "svg");
  whole.setAttribute("xmlns", SVG);
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height })) whole.setAttribute(name, value);
  const defs = list.parentElement.querySelector("defs");
  if (defs) whole.append(styled(defs.closest("svg")).copy.querySelector("defs"));
  places.forEach((place, number) => {
    const [x, y] = [SMALL.gap + (number % COLUMNS) * step.x, SMALL.gap + Math.floor(number / COLUMNS) * step.y];
    const [name, last] = place.querySelectorAll(".multiples__name > span");
    whole.append(words(name, x, y, "start"), words(last, x + SMALL.width, y, "end"));
    const { copy } = styled(place.querySelector("svg"));
    const at = { x, y: y + SMALL.name + 6, width: SMALL.width, height: SMALL.height - SMALL.name - 6 };
    for (const [key, value] of Object.entries(at)) copy.setAttribute(key, value);
    whole.append(copy);
  });
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

function words(element, x, y, anchor) {
  const seen = getComputedStyle(element);
  const text = document.createElementNS(SVG, "text");
  const told = { x, y: y + SMALL.name - 3, "text-anchor": anchor, fill: seen.color, "font-family": seen.fontFamily, "font-size": SMALL.size, "font-weight": seen.fontWeight };
  for (const [key, value] of Object.entries(told)) text.setAttribute(key, value);
  text.textContent = element.textContent;
  return text;
}

/** A copy that carries its own colours and letters, as large as it is seen. */
function styled(drawing) {
  const copy = drawing.cloneNode(true);
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const from = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, place) => {
    const seen = getComputedStyle(from[place]);
    for (const name of LOOK) if (seen.getPropertyValue(name)) element.setAttribute(name, seen.getPropertyValue(name));
  });
  return { copy, width, height };
}

function saveSvg(chart, drawing) {
  save(new Blob([alone(drawing).text], { type: "image/svg+xml" }), `${name(chart)}.svg`);
}

async function savePng(chart, drawing) {
  const { text, width, height } = alone(drawing);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(chart).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, `${name(chart)}.png`));
}

function name(chart) {
  return chart.getAttribute("aria-labelledby").replace("-finding", "");
}

function save(blob, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `bosett-${file}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
