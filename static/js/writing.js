// Writing a section: keeps what is typed, shows how it reads, inserts where the cursor is, and
// takes the selected words into a comment. Without this script the page's buttons do the same.
//
// What is typed stands in this tab's storage (keep.js) until the portal has it. One message is
// under way at a time; saving waits for it, and nothing is kept after that.
(function () {
  "use strict";
  var form = document.getElementById("section-form");
  if (!form || !window.jbnKeep) { return; }
  var keeper = window.jbnKeep;
  var name = form.dataset.name;
  var field = form.elements.namedItem("text");
  var heading = form.elements.namedItem("heading");
  var sequence = form.elements.namedItem("sequence");
  var kept = document.getElementById("kept");
  var shown = document.getElementById("preview");
  var timers = { keep: 0, show: 0, again: 0 };
  var isTyped = false; // something stands here that the portal has not
  var isLeaving = false; // the form, or another one of the page, is sent
  var failures = 0;
  var underWay = null;

  function post(address) {
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, keeper.PATIENCE);
    return fetch(address, {
      method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "fetch" }, signal: stop.signal
    }).finally(function () { window.clearTimeout(timer); });
  }
  function texts() { return { text: field.value, heading: heading.value, base: form.elements.namedItem("base").value }; }
  function remember() { keeper.store(name, texts()); }

  // Sends what stands here; gives "kept", "not" (the portal says why), "gone" or a state of
  // keep.js. Only one at a time, the next begins when this one ends.
  function keep() {
    if (underWay) { return underWay.then(function (was) { return isTyped ? keep() : was; }); }
    window.clearTimeout(timers.keep);
    window.clearTimeout(timers.again);
    timers.keep = timers.again = 0;
    sequence.value = String(Number(sequence.value || 0) + 1);
    isTyped = false;
    underWay = post(form.dataset.keep).then(function (answer) {
      if (answer.ok && !answer.redirected) { return answer.json().then(taken); }
      return refused(answer.status);
    }).catch(lost).finally(function () { underWay = null; });
    return underWay;
  }
  function taken(said) {
    failures = 0;
    kept.textContent = said.words;
    keeper.stopWatching();
    keeper.unsay(form);
    if (!said.kept) { isTyped = true; return "not"; }
    if (!isTyped) { keeper.drop(name); }
    return "kept";
  }
  // The portal does not know us: signed out, signed in anew, somebody else, or nothing there.
  function refused(status) {
    isTyped = true;
    kept.textContent = "";
    return keeper.here(form).then(function (found) {
      if (found.state !== "same") { keeper.tell(form, found.state, goOn); return found.state; }
      if (status === 404) { keeper.say(form, keeper.words.gone); return "gone"; }
      if (status >= 500) { return lost(); }
      keeper.tell(form, "again", function () { keeper.renew(form, found.csrf); keeper.unsay(form); goOn(); });
      return "again";
    });
  }
  function goOn() {
    keeper.here(form).then(function (found) {
      if (found.state !== "same") { keeper.tell(form, found.state, goOn); return; }
      keeper.renew(form, found.csrf);
      keep();
    }, lost);
  }
  function lost() {
    isTyped = true;
    failures += 1;
    kept.textContent = keeper.words.offline;
    window.clearTimeout(timers.again);
    if (!isLeaving) { timers.again = window.setTimeout(keep, Math.min(30000, 2500 * failures)); }
    return "offline";
  }
  function show() {
    post(form.dataset.preview)
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(); })
      .then(function (text) {
        var part = new DOMParser().parseFromString(text, "text/html");
        shown.replaceChildren.apply(shown, Array.from(part.body.childNodes).map(function (one) {
          return document.adoptNode(one);
        }));
      })
      .catch(function () { /* the next change tries again */ });
  }
  function changed() {
    isTyped = true;
    remember();
    window.clearTimeout(timers.keep);
    window.clearTimeout(timers.show);
    timers.keep = window.setTimeout(keep, 2000);
    timers.show = window.setTimeout(show, 1000);
  }
  function insert(words) {
    var before = field.value.slice(0, field.selectionStart);
    var after = field.value.slice(field.selectionEnd);
    field.value = before + words + after;
    field.selectionStart = field.selectionEnd = before.length + words.length;
    field.focus();
    changed();
  }

  // Saving: the timers end, what is under way is waited for, and what stands here is kept once
  // more. Only when the portal has it the form is sent, so no answer can throw it away.
  form.addEventListener("submit", function (event) {
    if (form.dataset.asked) { return; }
    event.preventDefault();
    if (form.dataset.busy) { return; }
    form.dataset.busy = "1";
    var submitter = event.submitter;
    remember();
    isTyped = true;
    window.clearTimeout(timers.show);
    keep().then(function (state) {
      delete form.dataset.busy;
      if (state === "again") { return saveAfresh(submitter); }
      if (state !== "kept" && state !== "not") { return; }
      send(submitter);
    });
  });
  function send(submitter) {
    isLeaving = true;
    window.clearTimeout(timers.keep);
    sequence.value = String(Number(sequence.value || 0) + 1);
    var entry = texts();
    entry.sent = true;
    keeper.store(name, entry);
    keeper.submit(form, submitter);
  }
  // Who presses the button after signing in again says enough: no second click.
  function saveAfresh(submitter) {
    return keeper.here(form).then(function (found) {
      if (found.state !== "same") { keeper.tell(form, found.state, goOn); return; }
      keeper.renew(form, found.csrf);
      return keep().then(function (state) {
        if (state === "kept" || state === "not") { send(submitter); }
      });
    }, lost);
  }

  // What was typed in this tab and never reached the portal: after a reload, a crash, an error.
  function restore() {
    var entry = keeper.read(name);
    if (!entry || entry.person !== keeper.person || entry.sent) { return; }
    if (entry.text === field.value && entry.heading === heading.value) { keeper.drop(name); return; }
    var before = texts(), began = form.elements.namedItem("began_with"), beganWith = began.value;
    field.value = entry.text;
    heading.value = entry.heading;
    form.elements.namedItem("base").value = entry.base;
    form.elements.namedItem("seen").value = "";
    began.value = ""; // a working copy that came from another page is not written over
    var box = keeper.say(form, keeper.words.restored, [keeper.button(keeper.words.throwAway, function () {
      window.clearTimeout(timers.keep);
      field.value = before.text;
      heading.value = before.heading;
      form.elements.namedItem("base").value = before.base;
      began.value = beganWith;
      keeper.drop(name);
      box.remove();
      isTyped = false;
      show();
    })], true);
    isTyped = true;
    timers.keep = window.setTimeout(keep, 2000);
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
  // Throwing the unsaved text away, and any other button of the page: nothing is kept after it.
  document.querySelectorAll("form[data-gives-up]").forEach(function (other) {
    other.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.value === "give-up") {
        isLeaving = true;
        window.clearTimeout(timers.keep);
        keeper.drop(name);
      }
    });
  });
  // Leaving the page: what waited for its two seconds goes now. It never goes twice.
  function leave() {
    if (isTyped && !isLeaving && !underWay && failures === 0 && navigator.sendBeacon) {
      window.clearTimeout(timers.keep);
      timers.keep = 0;
      sequence.value = String(Number(sequence.value || 0) + 1);
      if (navigator.sendBeacon(form.dataset.keep, new FormData(form))) { isTyped = false; }
    }
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") { leave(); }
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", function () { if (isTyped && failures) { keep(); } });
  window.addEventListener("beforeunload", function (event) {
    // Only where the text would be gone: the portal does not have it and cannot be reached.
    if ((isTyped || underWay) && !isLeaving && (failures || form.querySelector(".jbn-kept[role=alert] a"))) { event.preventDefault(); }
  });
  restore();
  show();
})();
