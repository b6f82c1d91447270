// Writing a section: keeps what is typed, shows how it reads, inserts where the cursor is, and
// takes the selected words into a comment. Without this script the page's buttons do the same.
(function () {
  "use strict";
  var form = document.getElementById("section-form");
  if (!form) { return; }
  var field = form.elements.namedItem("text");
  var kept = document.getElementById("kept");
  var shown = document.getElementById("preview");
  var waiting = { keep: 0, show: 0 };

  function send(address) {
    return fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(); });
  }
  function keep() {
    send(form.dataset.keep)
      .then(function (text) { kept.textContent = JSON.parse(text).words; })
      .catch(function () { kept.textContent = form.dataset.failed; });
  }
  function show() {
    send(form.dataset.preview)
      .then(function (text) {
        var part = new DOMParser().parseFromString(text, "text/html");
        shown.replaceChildren.apply(shown, Array.from(part.body.childNodes).map(function (one) {
          return document.adoptNode(one);
        }));
      })
      .catch(function () { /* the next change tries again */ });
  }
  function changed() {
    window.clearTimeout(waiting.keep);
    window.clearTimeout(waiting.show);
    waiting.keep = window.setTimeout(keep, 2000);
    waiting.show = window.setTimeout(show, 1000);
  }
  function insert(words) {
    var before = field.value.slice(0, field.selectionStart);
    var after = field.value.slice(field.selectionEnd);
    field.value = before + words + after;
    field.selectionStart = field.selectionEnd = before.length + words.length;
    field.focus();
    changed();
  }
  form.addEventListener("input", changed);
  var looks = form.elements.namedItem("as");
  if (looks) { looks.addEventListener("change", show); }
  document.querySelectorAll("button[data-insert]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      event.preventDefault();
      insert(button.value);
    });
  });
  document.querySelectorAll("form[data-quotes]").forEach(function (comments) {
    var quoted = comments.elements.namedItem("quoted");
    field.addEventListener("select", function () {
      var words = field.value.slice(field.selectionStart, field.selectionEnd).trim();
      if (words && words.length <= 300) { quoted.value = words; }
    });
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && waiting.keep && navigator.sendBeacon) {
      navigator.sendBeacon(form.dataset.keep, new FormData(form));
    }
  });
  show();
})();
