/* Filling in: a page saves itself while one types; files travel one by one. The plain forms work without this file. */
(function () {
  "use strict";
  var PAUSE = 1500, AGAIN = 10000;
  var here = window.location.href.split("#")[0], ask = { "Accept": "application/json" };

  function say(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }
  function trouble(status) {
    return status === 409 ? "stale" : status === 401 || status === 403 || (status >= 300 && status < 400) ? "out" : "failed";
  }

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var place = form.querySelector(".saved");
    var way_in = form.querySelector(".saved__in");
    var timer = 0, wait = PAUSE, under_way = null, changed = false, over = false, out = false;

    function tell(kind, values) {
      place.textContent = say(place.dataset[kind], values || {});
      place.classList.toggle("saved--wrong", kind !== "saved");
      place.hidden = false;
      out = kind === "out";
      way_in.hidden = !out;
    }
    function failed(kind) {
      changed = true;
      over = kind === "stale";
      wait = AGAIN;
      tell(kind);
    }
    function later(pause) {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, pause);
    }
    function send() {
      return fetch(here, { method: "POST", body: new FormData(form), headers: ask, redirect: "manual", keepalive: document.hidden });
    }
    function renewed() {  /* signed in again on another page: this form goes on with the token of the new session */
      return fetch(here, { redirect: "manual" }).then(function (answer) { return answer.text(); }).then(function (text) {
        var token = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
        if (token) form.elements.csrfmiddlewaretoken.value = token.value;
      });
    }
    function keep() {
      if (over || under_way || !changed) return under_way;
      window.clearTimeout(timer);
      changed = false;
      wait = PAUSE;
      under_way = send()
        .then(function (answer) { return answer.status === 403 ? renewed().then(send) : answer; })
        .then(function (answer) {
          if (answer.type === "opaqueredirect") return failed("out");
          if (!answer.ok) return failed(trouble(answer.status));
          return answer.json().then(function (told) {
            form.elements.version.value = told.version;
            tell(told.unsaved ? "partly" : "saved", { time: told.at, count: told.unsaved });
          });
        })
        .catch(function () { failed("failed"); })
        .then(function () { under_way = null; if (changed && !over) later(wait); });
      return under_way;
    }
    function touched() { changed = true; later(PAUSE); }

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    window.addEventListener("online", function () { if (changed) later(0); });
    document.addEventListener("visibilitychange", keep);
    form.addEventListener("submit", function (event) {
      window.clearTimeout(timer);
      if (!under_way && !out) { changed = false; return; }  /* all goes with the form: to save it once more on leaving would outdate the page that answers */
      event.preventDefault();  /* the page's own saving comes first, or it would overtake this one */
      (under_way || keep()).then(function () {
        if (out) return;  /* what was typed would be lost on the way to the sign-in page */
        changed = false;
        window.clearTimeout(timer);
        form.requestSubmit(event.submitter);
      });
    });
  });

  /* One queue a page: what is kept for one file must not be overtaken by the next. */
  var rows = [], running = false, later_on = null;

  function run(finish) {
    if (running) return;
    var next = rows.find(function (one) { return !one.done && !one.tried; });
    if (next) { running = true; next.tried = true; next.told.className = ""; next.send(); return; }
    if (!rows.length || !rows.every(function (one) { return one.done; })) return;
    rows = [];
    if (later_on) later_on(); else finish();
  }

  /* A place for the files of one material: a form of its own, or a part of a form that asks for more. */
  document.querySelectorAll("[data-one-by-one]").forEach(function (place) {
    var form = place.closest("form");
    var list = place.querySelector(".sending"), input = place.querySelector('input[type="file"]');

    function row(file) {
      var item = document.createElement("li"), name = document.createElement("span"), told = document.createElement("small");
      var bar = document.createElement("progress"), again = document.createElement("button");
      name.textContent = file.name + " ";
      name.appendChild(told);
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      again.type = "button";
      again.className = "btn btn--link";
      again.textContent = list.dataset.again;
      again.hidden = true;
      item.append(name, again, bar);
      list.appendChild(item);
      told.textContent = list.dataset.waiting;
      var one = { told: told, bar: bar, again: again, done: false, tried: false };
      one.send = function () { send(one, file); };
      again.addEventListener("click", function () { one.tried = false; again.hidden = true; run(finish); });
      return one;
    }
    function end(one, text, well) {
      one.done = well;
      one.told.textContent = text;
      one.told.className = well ? "" : "wrong";
      one.again.hidden = well;
      running = false;
      run(finish);
    }
    function finish() {
      if (place === form) return window.location.assign(here);
      form.requestSubmit(place.querySelector('[name="upload"]'));  /* the page comes back with what was typed */
    }
    function send(one, file) {
      var body = new FormData(), request = new XMLHttpRequest();
      ["csrfmiddlewaretoken", "version"].forEach(function (name) { body.append(name, form.elements[name].value); });
      body.append("upload", "1");
      body.append(input.name, file);
      request.open("POST", here);
      request.setRequestHeader("Accept", ask.Accept);
      request.upload.addEventListener("progress", function (event) {
        one.bar.value = event.total ? Math.round(100 * event.loaded / event.total) : 0;
        one.told.textContent = say(list.dataset.sending, { percent: one.bar.value });
      });
      request.addEventListener("load", function () {
        var told = null;
        try { told = JSON.parse(request.responseText); } catch (fault) { /* a page, not an answer: see the status */ }
        if (request.status !== 200 || !told) return end(one, list.dataset[request.status === 200 ? "out" : trouble(request.status)], false);
        form.elements.version.value = told.version;
        end(one, told.errors.length ? told.errors.join("；") : list.dataset.sent, !told.errors.length);
      });
      request.addEventListener("error", function () { end(one, list.dataset.failed, false); });
      request.send(body);
    }

    form.addEventListener("submit", function (event) {
      var button = event.submitter, uploads = !button || button.name === "upload";
      if (running && !uploads) {
        event.preventDefault();
        later_on = function () { later_on = null; form.requestSubmit(button); };
        return;
      }
      if (!uploads || !input.files.length || (button && !place.contains(button))) return;
      event.preventDefault();
      if (!input.checkValidity()) { input.reportValidity(); return; }
      rows = rows.concat(Array.from(input.files, row));
      input.value = "";
      list.hidden = false;
      run(finish);
    });
  });
})();
