/** Count what is selected, and offer "select all"; without script the ticks work as they are. */
export function startBulk(root) {
  for (const table of root.querySelectorAll("table[data-worklist]")) wire(table);
}

function wire(table) {
  const all = table.querySelector("[data-select-all]");
  const ticks = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const bar = table.closest("form")?.querySelector("[data-bulk-bar]");

  const tell = () => {
    const selected = ticks.filter((tick) => tick.checked).length;
    if (all) {
      all.checked = selected > 0 && selected === ticks.length;
      all.indeterminate = selected > 0 && selected < ticks.length;
    }
    if (bar) {
      bar.hidden = selected === 0;
      bar.querySelector("[data-bulk-count]").textContent = String(selected);
    }
  };
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      ticks.forEach((tick) => { tick.checked = all.checked; });
      tell();
    });
  }
  table.addEventListener("change", tell);
  tell();
}
