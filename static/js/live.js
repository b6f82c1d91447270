// Keeps a part of the page fresh: an element with data-live is replaced by the same element of
// the page at that address every two seconds, until it comes without data-live. Without this
// script the page's own link does the same.
(function () {
  "use strict";
  function refresh(part) {
    fetch(part.dataset.live, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(); })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var fresh = page.getElementById(part.id);
        if (!fresh) { return; }
        part.replaceWith(document.adoptNode(fresh));
        if (fresh.dataset.live) { later(fresh); }
      })
      .catch(function () { later(part); });
  }
  function later(part) {
    window.setTimeout(refresh, 2000, part);
  }
  document.querySelectorAll("[data-live]").forEach(later);
})();
