// The selection board: while one ticks, the counters say what would be; ↑ and ↓ go from person to
// person. Without this file the button “What if?” asks the server for the same figures.
(function () {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const ticks = [...board.querySelectorAll("input[name=application]")];
  const all = board.querySelector("[data-tick-all]");

  function chosen() {
    return ticks.filter((tick) => tick.checked).map((tick) => tick.closest("tr").dataset);
  }

  function count() {
    const rows = chosen();
    for (const meter of board.querySelectorAll("[data-meter]")) {
      const { taken, limit, column, value } = meter.dataset;
      const more = column ? rows.filter((row) => row[column] === value).length : rows.length;
      const then = Number(taken) + more;
      meter.querySelector("[data-then]").value = then;
      meter.classList.toggle("over", limit !== "" && then > Number(limit));
    }
    const share = board.querySelector("[data-women]");
    const women = Number(share.dataset.women) + rows.filter((row) => row.sex === "female").length;
    const men = Number(share.dataset.men) + rows.filter((row) => row.sex === "male").length;
    const known = women + men;
    share.querySelector("[data-share]").value = known ? `${Math.round((100 * women) / known)}%` : "–";
    all.checked = ticks.length > 0 && rows.length === ticks.length;
  }

  function go(event) {
    const here = ticks.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (here < 0 || !step) return;
    event.preventDefault();
    ticks[Math.max(0, Math.min(ticks.length - 1, here + step))].focus();
  }

  board.addEventListener("change", (event) => {
    if (event.target === all) for (const tick of ticks) tick.checked = all.checked;
    count();
  });
  board.addEventListener("keydown", go);
  all.hidden = false;
  board.querySelector("[data-keys]").hidden = false;
  count(); // a browser that goes back keeps the ticks
})();
