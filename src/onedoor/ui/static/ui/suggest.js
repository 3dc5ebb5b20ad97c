/* Suggestions while one types: an ARIA combobox over the plain search form, which works without this file. */
(function () {
  "use strict";
  var PAUSE = 150;

  document.querySelectorAll("form[data-suggest]").forEach(function (form) {
    var input = form.querySelector("input[name=q]"), place = document.createElement("div"), said = document.createElement("p");
    var timer = 0, under_way = null, typed = input.value.trim();
    said.className = "hide";
    said.setAttribute("role", "status");
    form.append(place, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-expanded", "false");

    function options() { return Array.prototype.slice.call(place.querySelectorAll("[role=option]")); }
    function chosen() { return place.querySelector("[aria-selected=true]"); }
    function choose(option) {
      var before = chosen();
      if (before) before.setAttribute("aria-selected", "false");
      input.removeAttribute("aria-activedescendant");
      if (!option) return;
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }
    function close() {
      window.clearTimeout(timer);
      if (under_way) under_way.abort();
      show("");
    }
    function show(html) {
      place.innerHTML = html;
      var list = place.firstElementChild;
      input.setAttribute("aria-expanded", String(Boolean(list)));
      if (list) input.setAttribute("aria-controls", list.id); else input.removeAttribute("aria-controls");
      input.removeAttribute("aria-activedescendant");
      said.textContent = list ? list.dataset.said : "";
    }
    function ask() {
      if (under_way) under_way.abort();
      if (!typed) { show(""); return; }
      under_way = new AbortController();
      fetch(form.dataset.suggest + "?q=" + encodeURIComponent(typed), { signal: under_way.signal })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (html) { if (document.activeElement === input) show(html.trim()); })
        .catch(function () { /* a newer question, or no network: the form still searches */ });
    }
    function later() {
      var now = input.value.trim();
      if (now === typed) return;
      typed = now;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    }

    input.addEventListener("input", function (event) { if (!event.isComposing) later(); });
    input.addEventListener("compositionend", later);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      var all = options(), at = all.indexOf(chosen());
      if (event.isComposing || !all.length) return;
      if (event.key === "ArrowDown") choose(all[at + 1] || all[0]);
      else if (event.key === "ArrowUp") choose(all[at < 0 ? all.length - 1 : at - 1]);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) window.location.assign(all[at].dataset.href);
      else return;
      event.preventDefault();
    });
    place.addEventListener("mousedown", function (event) { event.preventDefault(); });
    place.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) window.location.assign(option.dataset.href);
    });
    form.addEventListener("submit", close);
  });
})();
