// The list at the door. Every tap is kept on the phone until the server has answered for it, so a
// lost connection loses nothing; each carries an id, so arriving twice changes nothing. Without
// this script every button sends its form.
(function () {
  "use strict";
  const room = document.querySelector("[data-attendance]");
  if (!room) return;
  const words = room.dataset;
  const shelf = `attendance-${words.attendance}-${words.user}`;
  const rows = new Map([...room.querySelectorAll("[data-person]")].map((row) => [row.dataset.person, row]));
  const banner = room.querySelector("[data-banner]");
  const again = { wait: 2000, most: 10000, timer: 0 };
  let sending = false;
  let signedOut = false;
  let queue = kept();

  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(shelf) || "[]");
      return Array.isArray(found) ? found.filter((tap) => rows.has(tap.application)) : [];
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      if (queue.length) localStorage.setItem(shelf, JSON.stringify(queue));
      else localStorage.removeItem(shelf);
    } catch {
      // A phone without storage: the taps live as long as the page.
    }
  }

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  function fill(sentence, facts) {
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
  }

  // A tap that follows an unanswered one of ours replaces it and names it: whichever of the two
  // the server has seen, it knows that both are ours.
  function tapped(row, presence, minutes) {
    const application = row.dataset.person;
    const before = queue.find((tap) => tap.application === application);
    const tap = { id: newId(), application, presence, minutes };
    tap.seen = before ? before.seen : row.dataset.tap;
    tap.after = before ? [...before.after, before.id].slice(-40) : [];
    queue = [...queue.filter((other) => other !== before), tap];
    keep();
    say(row, "");
    paint();
    send();
  }

  function paint() {
    const wanted = new Map(queue.map((tap) => [tap.application, tap]));
    const counts = new Map();
    for (const [application, row] of rows) {
      const tap = wanted.get(application);
      const presence = tap ? tap.presence : row.dataset.presence;
      row.classList.toggle("waiting", Boolean(tap));
      for (const button of row.querySelectorAll(".choices button"))
        button.setAttribute("aria-pressed", String(button.value === presence));
      const part = row.querySelector(".part [name=presence]");
      if (presence && presence !== "absent") part.value = presence;
      counts.set(presence, (counts.get(presence) || 0) + 1);
    }
    for (const count of room.querySelectorAll("[data-count]"))
      count.textContent = counts.get(count.dataset.count) || 0;
    const text = signedOut ? words.signedOut : queue.length ? fill(words.unsent, { n: queue.length }) : "";
    if (banner.textContent !== text) banner.textContent = text;
  }

  function take(row, mark) {
    Object.assign(row.dataset, { presence: mark.presence, minutes: mark.minutes ?? "", tap: mark.tap });
    for (const seen of row.querySelectorAll("[name=seen]")) seen.value = mark.tap;
    if (!mark.presence) return;
    const time = fill(words.minutes, { n: mark.minutes, all: row.dataset.whole });
    const whose = `${mark.by} ${mark.at}`;
    row.querySelector("[data-said]").textContent = mark.presence === "absent" ? whose : `${time} · ${whose}`;
    row.querySelector("[name=minutes]").value = mark.minutes;
  }

  function say(row, text) {
    row.querySelector("[data-news]").textContent = text;
  }

  async function ask(options) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 8000);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(location.pathname, { ...options, headers, signal: limit.signal });
      const ours = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      signedOut = !ours && answer.status < 500;
      return ours ? { status: answer.status, body: await answer.json() } : null;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async function deliver(tap) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", room.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("application", tap.application);
    body.set("presence", tap.presence);
    body.set("minutes", tap.minutes ?? "");
    body.set("seen", tap.seen);
    body.set("tap", tap.id);
    body.set("after", tap.after.join(","));
    return ask({ method: "POST", body });
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(again.timer);
    while (queue.length) {
      const tap = queue[0];
      const answer = await deliver(tap);
      if (!answer) {
        if (!signedOut) again.timer = setTimeout(send, again.wait);
        again.wait = Math.min(again.wait * 1.5, again.most);
        break;
      }
      again.wait = 2000;
      settle(tap, answer);
    }
    sending = false;
    paint();
  }

  function settle(tap, answer) {
    queue = queue.filter((other) => other.id !== tap.id);
    keep();
    const row = rows.get(tap.application);
    take(row, answer.body.mark);
    const { by, at } = answer.body.mark;
    const theirs = fill(words.theirs, { name: by, time: at });
    if (answer.status === 409) say(row, by ? theirs : answer.body.said);
    else say(row, answer.body.said);
    paint();
  }

  // What others mark meanwhile, on their phones or by checking in.
  async function look() {
    if (document.hidden || queue.length || sending) return;
    const answer = await ask({});
    if (answer && !queue.length && !sending) {
      const nothing = { presence: "", minutes: null, tap: "" };
      for (const [application, row] of rows) take(row, answer.body.marks[application] || nothing);
    }
    paint();
  }

  room.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-person]");
    if (!row) return;
    event.preventDefault();
    const form = new FormData(event.target, event.submitter);
    const minutes = form.get("minutes");
    tapped(row, form.get("presence"), minutes === null || minutes === "" ? null : Number(minutes));
    const open = event.target.closest("details");
    if (open) open.open = false;
  });

  const search = room.querySelector("[data-search]");
  search.hidden = rows.size < 8;
  search.addEventListener("input", (event) => {
    const wanted = event.target.value.toLocaleLowerCase();
    for (const row of rows.values())
      row.hidden = !row.querySelector(".who").textContent.toLocaleLowerCase().includes(wanted);
  });

  window.addEventListener("online", send);
  window.addEventListener("pageshow", send);
  setInterval(look, 15000);
  paint();
  send();
})();
