// A drawing on the page as a picture to take along: svg as it is seen, and png at twice its size.
export function startPictures(root) {
  for (const list of root.querySelectorAll(".chart")) offer(list);
}

function offer(chart) {
  const drawing = chart.querySelector("svg.chart__svg, svg.hexmap");
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
  return { text: new XMLSerializer().serializeToString(copy), width, height };
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
