// Everything here only makes easier what the page can do without it.
import "@digdir/designsystemet-web/ds-suggestion";
import "@digdir/designsystemet-web/ds-tabs";
import "@digdir/designsystemet-web/tooltip";
import { startAutosave } from "./autosave.js";
import { startBulk } from "./bulk.js";
import { watchWaiting } from "./busy.js";
import { focusErrors } from "./errors.js";
import { startGrids } from "./grid.js";
import { startHexmap } from "./hexmap.js";
import { startMapYears } from "./map-years.js";
import { startMenus } from "./menus.js";
import { startPictures } from "./pictures.js";
import { startShortcuts } from "./shortcuts.js";
import { startSliders } from "./sliders.js";
import { startUndo } from "./undo.js";

/** Wire what came with the page, and later what htmx swapped in. */
function start(root) {
  startAutosave(root);
  startBulk(root);
  startGrids(root);
  startHexmap(root);
  startMapYears(root);
  startPictures(root);
  startSliders(root);
  startUndo(root);
  focusErrors(root);
}

startMenus();
watchWaiting();
startShortcuts();
start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target === document.body) return;
  start(event.target);
  // A whole page in the place of another: whoever stood in what is gone goes on from its beginning, without a jump.
  if (event.target.id === "content" && document.activeElement === document.body) event.target.focus({ preventScroll: true });
});
