// Opens folded texts on a wide screen, where there are few; on a phone each stays under its name.
// A link to a folded text opens it. Without this script a reader opens each by its name.
(function () {
  "use strict";
  var MOST = 4;
  document.querySelectorAll("[data-unfold]").forEach(function (part) {
    var folded = part.querySelectorAll("details.jbn-text-out");
    if (folded.length <= MOST && window.matchMedia("(min-width: 48rem)").matches) {
      folded.forEach(function (one) { one.open = true; });
    }
  });
  function shown() {
    var target = window.location.hash && document.getElementById(window.location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }
  window.addEventListener("hashchange", shown);
  shown();
})();
