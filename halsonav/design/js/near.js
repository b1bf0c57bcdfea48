/* Three small helps that the page does without: "near me", "share" and "print".
   The position is asked for on a press, rounded to about 100 metres, put in the address, and kept nowhere. */
(function () {
  "use strict";
  var d = document, n = navigator;
  function each(what, can, act) {
    if (!can) return;
    d.querySelectorAll("[" + what + "]").forEach(function (b) {
      b.hidden = false;
      b.addEventListener("click", function () { act(b); });
    });
  }
  function say(b, text) {
    var s = b.parentNode.querySelector("[role=status]");
    if (s) s.textContent = text;
  }
  each("data-near", n.geolocation && window.isSecureContext, function (b) {
    b.setAttribute("aria-busy", "true");
    n.geolocation.getCurrentPosition(function (p) {
      var to = new URL(b.dataset.near, location.href);
      to.searchParams.set("near", p.coords.latitude.toFixed(3) + "," + p.coords.longitude.toFixed(3));
      location.assign(to);
    }, function () {
      b.removeAttribute("aria-busy");
      say(b, b.dataset.failed);
    }, { maximumAge: 6e5, timeout: 1e4 });
  });
  each("data-print", window.print, function () { window.print(); });
  each("data-share", n.share || n.clipboard, function (b) {
    var url = (d.querySelector("link[rel=canonical]") || location).href;
    if (n.share) n.share({ title: d.title, url: url }).catch(function () {});
    else n.clipboard.writeText(url).then(function () { say(b, b.dataset.done); });
  });
})();
