/** Menus in the frame close on Escape and on a click outside; only one is open. */
export function startMenus() {
  const menus = [...document.querySelectorAll("[data-menu]")];
  const close = (except) => menus.filter((menu) => menu !== except).forEach((menu) => { menu.open = false; });

  document.addEventListener("click", (event) => close(event.target.closest("[data-menu]")));
  document.addEventListener("focusin", (event) => close(event.target.closest("[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const open = menus.find((menu) => menu.open);
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
