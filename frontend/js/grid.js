// A grid of number fields: arrow keys and Enter move, a block from a spreadsheet is pasted over several cells,
// and what is typed is kept in this tab until it is saved.  Without script each cell is a field like any other.

const BLOCK = /[\t\n]/;

/** Wire every grid under `root`. */
export function startGrids(root) {
  for (const table of root.querySelectorAll("[data-grid]")) startGrid(table);
}

function startGrid(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input[data-cell]")]);
  const place = (cell) => {
    const row = rows.findIndex((one) => one.includes(cell));
    return [row, row < 0 ? -1 : rows[row].indexOf(cell)];
  };
  const go = (row, column) => {
    const cell = rows[row]?.[column];
    if (!cell) return false;
    cell.focus();
    cell.select();
    return true;
  };
  table.addEventListener("keydown", (event) => {
    const [row, column] = place(event.target);
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step(event, row, column, go)) event.preventDefault();
  });
  table.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const [row, column] = place(event.target);
    if (row < 0 || !BLOCK.test(text.trim())) return;
    event.preventDefault();
    const filled = fill(rows, row, column, text);
    say(table, filled);
    keep(table);
  });
  table.addEventListener("input", () => keep(table));
  const form = table.closest("form");
  form.addEventListener("submit", () => {
    form.dataset.leaving = "yes";
    store(table, { ...draft(table), sent: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (table.dataset.typed === "yes" && form.dataset.leaving !== "yes") event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.leaving;
  });
  offerDraft(table);
}

/** Move as a spreadsheet does; left and right only from the edge of the text. */
function step(event, row, column, go) {
  const { target } = event;
  const all = target.selectionStart === 0 && target.selectionEnd === target.value.length;
  switch (event.key) {
    case "ArrowUp":
      return go(row - 1, column);
    case "ArrowDown":
      return go(row + 1, column);
    case "Enter":
      return go(row + (event.shiftKey ? -1 : 1), column) || true;
    case "ArrowLeft":
      return (all || target.selectionEnd === 0) && go(row, column - 1);
    case "ArrowRight":
      return (all || target.selectionStart === target.value.length) && go(row, column + 1);
    case "Escape":
      target.value = target.defaultValue;
      return true;
    default:
      return false;
  }
}

/** Put the block's cells from here to the right and down; what falls outside is left out.  Gives [filled, left out]. */
function fill(rows, row, column, text) {
  let filled = 0;
  let outside = 0;
  for (const [down, line] of text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").entries()) {
    for (const [right, value] of line.split("\t").entries()) {
      const cell = rows[row + down]?.[column + right];
      if (cell) {
        cell.value = value.trim();
        filled += 1;
      } else outside += 1;
    }
  }
  return [filled, outside];
}

function say(table, [filled, outside]) {
  const place = table.closest("form").querySelector("[data-grid-said]");
  if (!place) return;
  const words = outside ? place.dataset.outside : place.dataset.filled;
  place.textContent = words.replace("{filled}", filled).replace("{outside}", outside);
}

function values(table) {
  return Object.fromEntries([...table.querySelectorAll("input[data-cell]")].map((one) => [one.name, one.value]));
}

/** What is typed and not saved, for this tab alone. */
function keep(table) {
  table.dataset.typed = "yes";
  store(table, { version: table.dataset.version, cells: values(table) });
}

function store(table, kept) {
  try {
    if (kept.cells) sessionStorage.setItem(table.dataset.draft, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still warns before the page is left.
  }
}

function draft(table) {
  return JSON.parse(sessionStorage.getItem(table.dataset.draft) ?? "{}");
}

/** After a lost session or a closed page: offer what was typed, unless it was saved or stands there already. */
function offerDraft(table) {
  const box = table.closest("form").querySelector("[data-grid-draft]");
  if (table.dataset.unsaved === "yes") {
    table.dataset.typed = "yes";
    return;
  }
  const { version, cells, sent } = draft(table);
  const now = values(table);
  const saved = sent && version !== table.dataset.version;
  if (!box || !cells || saved || Object.entries(cells).every(([name, value]) => (now[name] ?? value) === value)) {
    sessionStorage.removeItem(table.dataset.draft);
    return;
  }
  box.hidden = false;
  box.querySelector("[data-grid-restore]").addEventListener("click", () => {
    for (const cell of table.querySelectorAll("input[data-cell]")) cell.value = cells[cell.name] ?? cell.value;
    box.hidden = true;
    table.dataset.typed = "yes";
    table.querySelector("input[data-cell]").focus();
  });
  box.querySelector("[data-grid-forget]").addEventListener("click", () => {
    sessionStorage.removeItem(table.dataset.draft);
    box.hidden = true;
  });
}
