/* The desk without a mouse: j and k walk the list, g and a letter change the place, ? shows the keys.
   Everything here has a link or a button that does the same. */
(function () {
  "use strict";
  var keys = document.getElementById("keys"), going = 0;
  function off() { return /\bnokeys\b/.test(document.documentElement.dataset.view || ""); }
  function writing(target) {
    return /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(target.type));
  }
  function walk(step) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("a.row, .rows a.rowlink"));
    if (!rows.length) return;
    var here = rows.indexOf(document.activeElement);
    if (here < 0) here = rows.findIndex(function (row) { return row.hasAttribute("aria-current"); });
    var next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }
  function press(selector) {
    var found = document.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  }
  document.addEventListener("keydown", function (event) {
    if (off() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && writing(event.target)) { event.target.blur(); return; }
    if (writing(event.target) || (keys && keys.open)) return;
    if (going && Date.now() - going < 1500 && /^[a-z]$/.test(event.key)) {
      going = 0;
      if (press('[data-go="' + event.key + '"]')) event.preventDefault();
      return;
    }
    going = 0;
    if (event.key === "g") { going = Date.now(); event.preventDefault(); }
    else if (event.key === "j") { walk(1); event.preventDefault(); }
    else if (event.key === "k") { walk(-1); event.preventDefault(); }
    else if (event.key === "x") {
      var row = document.activeElement.closest(".rowbox");
      var box = row && row.querySelector('input[type="checkbox"]');
      if (box) { box.click(); event.preventDefault(); }
    }
    else if (event.key === "?" && keys) { keys.showModal(); event.preventDefault(); }
  });
  document.querySelectorAll("[data-keys]").forEach(function (link) {
    link.addEventListener("click", function (event) { if (keys) { event.preventDefault(); keys.showModal(); } });
  });
  document.querySelectorAll("[data-close]").forEach(function (button) {
    button.addEventListener("click", function () { button.closest("dialog").close(); });
  });

  /* Words for an act: choosing one puts it into the text beside it; what stands there is kept above.
     Arrows walk through the words, Enter takes one; a pointer takes at once. */
  function words(event) {
    var list = event.target;
    return list.matches && list.matches("select[data-words]") ? list : null;
  }
  function take(list) {
    if (!list.value) return;
    var text = document.getElementById(list.dataset.words);
    text.value = (text.value ? text.value.replace(/\s+$/, "") + "\n" : "") + list.value;
    list.selectedIndex = 0;
    text.focus();
  }
  document.addEventListener("keydown", function (event) {
    var list = words(event);
    if (!list || event.ctrlKey) return;
    if (event.key === "Enter") { event.preventDefault(); take(list); }
    else list.dataset.walked = "1";
  });
  document.addEventListener("pointerdown", function (event) {
    if (words(event)) delete event.target.dataset.walked;
  });
  document.addEventListener("change", function (event) {
    var list = words(event);
    if (list && !list.dataset.walked) take(list);
  });

  /* The viewer: zoom and turn with buttons or + - 0 r. */
  var sheet = document.querySelector("[data-viewer]");
  if (!sheet) return;
  var zoom = 1, turn = 0;
  document.querySelectorAll("[data-view-tools]").forEach(function (tools) { tools.hidden = false; });
  function draw() { sheet.dataset.zoom = String(zoom); sheet.dataset.turn = String(turn); }
  function change(what) {
    if (what === "in") zoom = Math.min(4, zoom + 1);
    if (what === "out") zoom = Math.max(1, zoom - 1);
    if (what === "fit") { zoom = 1; turn = 0; }
    if (what === "turn") turn = (turn + 90) % 360;
    draw();
  }
  document.querySelectorAll("[data-view]").forEach(function (button) {
    if (button.tagName === "BUTTON") button.addEventListener("click", function () { change(button.dataset.view); });
  });
  document.addEventListener("keydown", function (event) {
    if (off() || writing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    var what = { "+": "in", "=": "in", "-": "out", "0": "fit", "r": "turn" }[event.key];
    if (what) { change(what); event.preventDefault(); return; }
    var to = { "n": '[rel="next"]', "p": '[rel="prev"]', "Escape": "[data-back]" }[event.key];
    if (to && press(to)) event.preventDefault();
  });
})();
