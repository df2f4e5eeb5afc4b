// j/k, Enter and x in lists; / to search; ? for the list of shortcuts.  Off when the reader has turned them off.
const isOn = () => document.documentElement.dataset.shortcuts !== "off";
const isTyping = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

export function startShortcuts() {
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = { j: () => step(1), k: () => step(-1), x: tick, Enter: open, "/": search, "?": help }[event.key];
    if (act?.(event)) event.preventDefault();
  });
}

const rows = () => [...document.querySelectorAll("table[data-worklist] tbody tr")];
const current = () => document.querySelector("tr[data-current-row]");

function step(by) {
  const list = rows();
  if (list.length === 0) return false;
  const at = list.indexOf(current());
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  current()?.removeAttribute("data-current-row");
  next.setAttribute("data-current-row", "");
  (next.querySelector("a") ?? next.querySelector("input"))?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function tick() {
  const box = current()?.querySelector("input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

/** Enter opens the row when focus is on the row's tick or nowhere; on a link or button it keeps its own meaning. */
function open(event) {
  if (event.target.closest("a, button, summary")) return false;
  const link = current()?.querySelector("a");
  link?.click();
  return Boolean(link);
}

function search() {
  const box = document.getElementById("site-search");
  box?.focus();
  box?.select();
  return Boolean(box);
}

function help() {
  const link = document.querySelector("a[data-shortcuts-page]");
  link?.click();
  return Boolean(link);
}
