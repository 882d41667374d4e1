// Fetches the next code when this one's half minute is over. Without it the page reloads itself.
(function () {
  "use strict";
  const place = () => document.getElementById("screen");
  if (!place()) return;

  async function next() {
    let wait = 3;
    try {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("screen");
      if (answer.ok && fresh) {
        place().replaceWith(fresh);
        wait = soon();
      } else if (answer.redirected) {
        location.reload();
      }
    } catch {
      // The connection is away: ask again soon.
    }
    setTimeout(next, wait * 1000);
  }

  // People watch the number grow, so ask a few times within the half minute too.
  function soon() {
    return Math.min(Number(place().dataset.seconds) || 5, 6);
  }

  setTimeout(next, soon() * 1000);
})();
