/* Small comforts; every page works without this file. */
(function () {
  "use strict";
  var summary = document.querySelector(".faults");
  if (summary) summary.focus();

  /* A second press of a submitting button does nothing while the first is under way. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (event.submitter && event.submitter.formTarget === "_blank") return; /* a preview sends nothing */
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* Paper cannot be opened: print what is folded. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (d) { d.open = true; d.dataset.folded = "1"; });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-folded]").forEach(function (d) { d.open = false; delete d.dataset.folded; });
  });

  /* Keys of the desk: [data-key="1"] is pressed or focused by that key, outside of fields; never what is folded away. */
  function shown(target) { return !target.closest("details:not([open]) > :not(summary)"); }
  function keyed(key) {
    return Array.prototype.find.call(document.querySelectorAll('[data-key="' + key + '"]'), shown);
  }
  document.addEventListener("keydown", function (event) {
    if (/\bnokeys\b/.test(document.documentElement.dataset.view || "")) return;
    var field = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      var here = event.target.closest("form");
      var own = function (part) { return part.dataset.key === "ctrl+enter"; };  // its button may stand beside the form
      var main = here ? Array.prototype.find.call(here.elements, own) : keyed("ctrl+enter");
      if (main) { event.preventDefault(); main.click(); }
      return;
    }
    if (field && event.target.type !== "radio") return;
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[\w/]$/.test(event.key)) return;
    var target = keyed(event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.tagName === "SUMMARY" && target.parentNode.open) return;
    if (!/^(text|search)$/.test(target.type || "") && target.tagName !== "A") target.click();
    if (target.tagName === "A") target.click();
  });

  /* Say a chosen file's fault before it travels. */
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file" || !input.dataset.limit) return;
    var big = Array.prototype.filter.call(input.files, function (f) { return f.size > Number(input.dataset.limit); });
    input.setCustomValidity(big.length ? input.dataset.tooBig + big[0].name : "");
    input.reportValidity();
  });

  /* On a dense sheet hands stay on the keyboard: begin at the first thing not answered. */
  var sheet = document.querySelector("form[data-begin]");
  if (sheet && !summary) {
    var asked = Array.prototype.filter.call(sheet.querySelectorAll("input, select, textarea"), function (f) {
      if (!f.name || f.type === "hidden" || f.type === "file" || !f.offsetParent) return false;
      var group = f.closest("fieldset[data-required]");
      if (f.type === "checkbox") return Boolean(group) && !group.querySelector(":checked");
      if (f.type === "radio") return !sheet.querySelector('input[name="' + CSS.escape(f.name) + '"]:checked');
      return !f.value && (Boolean(group) || f.getAttribute("aria-required") === "true");
    });
    var begin = asked[0] || sheet.querySelector('[data-key="a"]');
    if (begin) begin.focus();
  }
})();
