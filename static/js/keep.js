// Keeps what is typed until it is stored, in the storage of this tab alone, and sends a form only
// when the person who opened the page is the one who is signed in. Without this script a form is
// sent as ever, and the page that refuses it shows what was typed.
(function () {
  "use strict";
  var own = document.currentScript.dataset;
  var PREFIX = "jbn-typed ";
  var PATIENCE = 15000;
  var SIGNED_OUT = "signed-out";
  var isError = Boolean(document.querySelector("meta[name=jbn-page][content=error]"));
  var tabs = window.BroadcastChannel ? new BroadcastChannel("jbn-sign-out") : null;
  var mayStore = true;

  // What is stored: one entry a form, only for the person who typed it.
  function entries() {
    return Object.keys(window.sessionStorage).filter(function (key) {
      return key.indexOf(PREFIX) === 0;
    });
  }
  function read(name) {
    try { return JSON.parse(window.sessionStorage.getItem(PREFIX + name)); } catch (error) { return null; }
  }
  function store(name, entry, isAnyone) {
    if (!mayStore && !isAnyone) { return; }
    entry.person = isAnyone ? "" : own.person;
    try { window.sessionStorage.setItem(PREFIX + name, JSON.stringify(entry)); } catch (error) { /* full: it stands on the page */ }
  }
  function drop(name) { window.sessionStorage.removeItem(PREFIX + name); }
  function dropAll() {
    entries().forEach(function (key) { window.sessionStorage.removeItem(key); });
  }

  // Who is signed in in this browser now: "same", "again" (with another token), "other",
  // "signed-out", or a refusal where nothing answers.
  function here(form) {
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, PATIENCE);
    return fetch(own.here, {
      credentials: "same-origin", headers: { "X-Requested-With": "fetch" }, signal: stop.signal
    }).then(function (answer) {
      if (answer.status === 401) { return { person: null, csrf: "" }; }
      return answer.ok ? answer.json() : Promise.reject();
    }).then(function (found) {
      window.clearTimeout(timer);
      var person = found.person || "";
      if ("anyone" in form.dataset) { return { state: "same", csrf: found.csrf }; }
      if (person === own.person) { mayStore = true; return { state: "same", csrf: found.csrf }; }
      return { state: person ? "other" : SIGNED_OUT, csrf: "" };
    }, function () {
      window.clearTimeout(timer);
      return Promise.reject();
    });
  }
  function renew(form, csrf) {
    var field = form.elements.namedItem("csrfmiddlewaretoken");
    if (field && csrf) { field.value = csrf; }
  }

  // A sentence in the form, where the person looks: beside its buttons.
  // One that stays is there until the person says what to do with it.
  function say(form, words, parts, stays) {
    unsay(form);
    var box = document.createElement("div");
    box.className = "utrecht-alert utrecht-alert--warning jbn-kept";
    box.setAttribute("role", "alert");
    if (stays) { box.dataset.stays = "1"; }
    var text = document.createElement("p");
    text.textContent = words ? words + " " : "";
    box.appendChild(text);
    (parts || []).forEach(function (part) { text.appendChild(part); });
    var actions = form.querySelector(".jbn-actions");
    if (actions) { actions.parentNode.insertBefore(box, actions); } else { form.appendChild(box); }
    return box;
  }
  function unsay(form) {
    form.querySelectorAll(".jbn-kept:not([data-stays])").forEach(function (box) { box.remove(); });
  }
  function link() {
    var found = document.createElement("a");
    found.href = own.signIn;
    found.target = "_blank";
    found.rel = "noopener";
    found.textContent = own.signInWord;
    return found;
  }
  function button(words, act) {
    var found = document.createElement("button");
    found.type = "button";
    found.className = "utrecht-button utrecht-button--secondary-action";
    found.textContent = words;
    found.addEventListener("click", act);
    return found;
  }

  // Says what the matter is, and looks again when the person comes back to this tab.
  var watched = null;
  function tell(form, state, goOn) {
    if (state === SIGNED_OUT) { say(form, own.signedOut, [link()]); }
    else if (state === "other") { say(form, own.other, [link()]); }
    else if (state === "again") { say(form, "", [button(own.again, goOn)]); return; }
    watched = { form: form, state: state, goOn: goOn };
  }
  function look() {
    if (!watched) { return; }
    var now = watched;
    here(now.form).then(function (found) {
      if (now !== watched) { return; }
      if (found.state === "same") {
        watched = null;
        tell(now.form, "again", function () { renew(now.form, found.csrf); unsay(now.form); now.goOn(); });
      } else if (found.state !== now.state) { tell(now.form, found.state, now.goOn); }
    }, function () { /* no connection: the next look */ });
  }
  function stopWatching() { watched = null; }
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") { look(); }
  });
  window.setInterval(look, 5000);

  window.jbnKeep = {
    words: own, person: own.person, isError: isError, PATIENCE: PATIENCE,
    read: read, store: store, drop: drop, here: here, renew: renew,
    say: say, unsay: unsay, button: button, tell: tell, stopWatching: stopWatching, submit: submit
  };

  // Every form with a text of several lines, but for those with a script of their own.
  function nameOf(form) {
    var action = form.getAttribute("action") || "";
    var alike = Array.from(document.forms).filter(function (one) {
      return (one.getAttribute("action") || "") === action;
    });
    return form.dataset.name || window.location.pathname + " " + action + " " + alike.indexOf(form);
  }
  function fields(form) {
    return Array.from(form.elements).filter(function (one) {
      return one.name && !one.readOnly && !/^(hidden|password|file|submit|button)$/.test(one.type);
    });
  }
  function isTyped(field) {
    if (field.type === "checkbox" || field.type === "radio") { return field.checked !== field.defaultChecked; }
    if (field.options) {
      return Array.from(field.options).some(function (one) { return one.selected !== one.defaultSelected; });
    }
    return field.value !== field.defaultValue;
  }
  function typedIn(form) {
    return fields(form).map(function (one, place) {
      if (!isTyped(one)) { return null; }
      var checks = one.type === "checkbox" || one.type === "radio";
      return { place: place, name: one.name, value: checks ? one.checked : one.value, checks: checks };
    }).filter(Boolean);
  }
  function putBack(form, typed) {
    var there = fields(form), done = false;
    typed.forEach(function (one) {
      var field = there[one.place];
      if (!field || field.name !== one.name) { return; }
      if (one.checks) { done = done || field.checked !== one.value; field.checked = one.value; }
      else { done = done || field.value !== one.value; field.value = one.value; }
    });
    return done;
  }
  function remember(form, isSent) {
    var typed = typedIn(form);
    if (typed.length) { store(nameOf(form), { typed: typed, sent: isSent }, "anyone" in form.dataset); } else { drop(nameOf(form)); }
  }

  // Sends a form as its button would, once the person is known to be the same.
  function submit(form, submitter) {
    form.dataset.asked = "1";
    if (submitter && submitter.form === form) { form.requestSubmit(submitter); } else { form.requestSubmit(); }
    delete form.dataset.asked;
  }
  function asked(event) {
    var form = event.target, submitter = event.submitter;
    if (form.dataset.asked) { remember(form, true); return; }
    event.preventDefault();
    if (form.dataset.busy) { return; }
    form.dataset.busy = "1";
    remember(form, false);
    here(form).then(function (found) {
      delete form.dataset.busy;
      if (found.state === "same") { stopWatching(); unsay(form); renew(form, found.csrf); submit(form, submitter); }
      else { tell(form, found.state, function () { submit(form, submitter); }); }
    }, function () {
      delete form.dataset.busy;
      say(form, own.notSent);
    });
  }
  function watch(form) {
    var entry = read(nameOf(form));
    var isOurs = entry && entry.person === ("anyone" in form.dataset ? "" : own.person);
    if (isOurs && !isError && putBack(form, entry.typed)) {
      var box = say(form, own.restored, [button(own.throwAway, function () {
        drop(nameOf(form));
        form.reset();
        box.remove();
      })], true);
    }
    form.addEventListener("input", function () { remember(form, false); });
    form.addEventListener("change", function () { remember(form, false); });
    form.addEventListener("submit", asked);
  }

  // What another person typed in this tab, and what was sent and taken in, is over. A page with
  // an error tells that it was not taken in.
  var refused = isError || document.querySelector("main .utrecht-alert--error[role=alert]");
  entries().forEach(function (key) {
    var name = key.slice(PREFIX.length), entry = read(name);
    if (!entry || (own.person && entry.person && entry.person !== own.person)) { drop(name); }
    else if (entry.sent && (!entry.person || own.person === entry.person) && !refused) { drop(name); }
  });
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    if (/\/sign-out\/$/.test(form.getAttribute("action") || window.location.pathname)) {
      form.addEventListener("submit", function () {
        dropAll();
        if (tabs) { tabs.postMessage(own.person); }
      });
    } else if (!form.dataset.keep && form.querySelector("textarea:not([readonly])")) { watch(form); }
  });
  if (tabs) {
    tabs.onmessage = function (event) {
      // Signed out in another tab: nothing of this person stays in storage. The text on the
      // page stays until the page is closed.
      if (event.data === own.person) { dropAll(); mayStore = false; }
    };
  }
})();
