// Conveniences of the keyboard: "/" goes to the search, Escape goes back. Every page works without this file.
"use strict";
(() => {
  const field = document.getElementById("q-head");
  const choice = document.getElementById("shortcut");
  if (!field || !choice) return;

  const KEY = "colonnade.shortcut";
  let cameFrom = null;

  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; } // storage may be closed to us
  };
  const isOn = () => choice.getAttribute("aria-pressed") === "true";
  const set = (on) => {
    choice.setAttribute("aria-pressed", String(on));
    document.documentElement.classList.toggle("shortcut", on);
    if (on) field.setAttribute("aria-keyshortcuts", "/");
    else field.removeAttribute("aria-keyshortcuts");
  };
  const isTyping = (place) => place instanceof Element && place.closest("input, textarea, select, [contenteditable]");

  // A shortcut of one character must be possible to turn off: speech input and unsteady hands press it by accident.
  choice.hidden = false;
  set(kept() !== "off");
  choice.addEventListener("click", () => {
    set(!isOn());
    try { localStorage.setItem(KEY, isOn() ? "on" : "off"); } catch { /* it then holds for this page */ }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!isOn() || isTyping(event.target)) return;
    event.preventDefault();
    cameFrom = document.activeElement;
    field.focus();
    field.select();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.blur();
    if (cameFrom instanceof HTMLElement && cameFrom !== document.body) cameFrom.focus();
    cameFrom = null;
  });
})();
