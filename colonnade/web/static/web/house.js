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

// Sections of proposals are saved while somebody types; what cannot be saved waits for the button, which always works.
(() => {
  const form = document.querySelector("form[data-saves]");
  if (!form) return;
  const said = form.querySelector("[data-saved]");
  const WAIT = 2500;
  let timer = 0, busy = false, again = false, stopped = false;

  const save = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const sent = new FormData(form);
    sent.set("as-typed", "1");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: sent, credentials: "same-origin" });
      const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (answer.ok && told.version) {
        form.elements.version.value = told.version;
        form.elements.base.value = told.base;
      }
      if (answer.status === 409) stopped = true; // two changed the same: a person looks at both
      if (told.text || told.refused) said.textContent = told.text || told.refused;
    } catch { /* no network: the button sends it */ }
    busy = false;
    if (again && !stopped) { again = false; save(); }
  };
  form.addEventListener("input", () => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
})();
