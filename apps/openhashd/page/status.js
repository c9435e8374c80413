"use strict";
// Asks the node how it is, and shows it. Everything is put in as text, never as HTML.

const kAskEvery = 2000;
const kFine = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const kWhole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const number = (value) => (value < 100 ? kFine : kWhole).format(value);
const element = (id) => document.getElementById(id);
const say = (id, text) => { element(id).textContent = text; };
const figure = (id, text) => { element(id).querySelector("b").textContent = text; };

let past = null;
let askedHistory = 0;
let answered = Date.now();

function duration(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"]];
  for (const [size, name] of units) {
    if (seconds >= 2 * size) return Math.floor(seconds / size) + " " + name;
  }
  return Math.floor(seconds) + " s";
}

function bytes(count) {
  return number(count / (1 << 20)) + " MiB";
}

function milliseconds(count) {
  return count >= 10000 ? number(count / 1000) + " s" : count + " ms";
}

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Runs of points without a gap; what is unknown is left out if the values are few and far between.
function plot(id, values, interval, name) {
  const width = 300, height = 56, room = 4;
  const known = values.map((value, index) => [index, value]).filter(([, value]) => value !== null);
  const box = element(id).querySelector(".plot");
  if (known.length < 2) return;
  const most = Math.max(...known.map(([, value]) => value));
  const last = values.length - 1;
  const at = ([index, value]) =>
    (index / last * width).toFixed(1) + " " +
    (height - room - (most > 0 ? value / most : 0) * (height - 2 * room)).toFixed(1);
  const line = "M" + known.map(at).join("L");
  const first = known[0][0] / last * width, end = known[known.length - 1][0] / last * width;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" });
  const title = svg("title", {});
  const span = duration(values.length * interval);
  title.textContent = `${name}, from ${span} ago until now, at most ${number(most)}`;
  picture.append(title,
    svg("line", { class: "floor", x1: 0, x2: width, y1: height - room, y2: height - room }),
    svg("path", { class: "area", d: `${line}L${end} ${height - room}L${first} ${height - room}Z` }),
    svg("path", { class: "curve", d: line }));
  const axis = document.createElement("div");
  axis.className = "axis";
  for (const text of [`${span} ago`, `max ${number(most)}`]) {
    axis.append(Object.assign(document.createElement("span"), { textContent: text }));
  }
  box.replaceChildren(picture, axis);
}

function showHistory() {
  if (!past) return;
  const sum = past.received.map((value, index) => value + past.sent[index]);
  plot("neighbours", past.neighbours, past.interval, "Neighbours");
  plot("records", past.records, past.interval, "Records held");
  plot("lookUp", past.lookUp, past.interval, "Look-ups in ms");
  plot("clients", past.clients, past.interval, "Clients");
  plot("traffic", sum, past.interval, "Datagrams a second");
  plot("cpu", past.cpu.map((share) => share * 100), past.interval, "Load in %");
  const took = past.lookUp.filter((value) => value !== null);
  figure("traffic", number(sum[sum.length - 1]));
  figure("cpu", number(past.cpu[past.cpu.length - 1] * 100));
  if (took.length) figure("lookUp", number(took[took.length - 1]));
}

function waited(id, latency) {
  const cells = element(id).querySelectorAll("td");
  cells[0].textContent = number(latency.count);
  cells[1].textContent = latency.count ? milliseconds(latency.p50) : "–";
  cells[2].textContent = latency.count ? milliseconds(latency.p99) : "–";
}

function showHealth(state, sentence, conditions) {
  element("health").className = state;
  if (element("sentence").textContent !== sentence) say("sentence", sentence);
  const list = element("conditions");
  list.className = conditions.length > 1 ? "" : "one";
  list.replaceChildren(...conditions.map((condition) =>
    Object.assign(document.createElement("li"), { textContent: condition.sentence })));
  document.title = (state === "well" ? "" : "(!) ") + "OpenHash node";
}

function show(status) {
  showHealth(status.health.state, status.health.sentence, status.conditions);
  figure("neighbours", number(status.neighbours));
  figure("records", number(status.records));
  figure("clients", number(status.clients.connections));
  waited("get", status.latency.get);
  waited("put", status.latency.put);
  waited("own", status.latency.lookUp);
  say("uptime", duration(status.uptime));
  say("memory", bytes(status.load.residentBytes));
  say("refused", number(status.refused));
  say("dropped", number(status.datagrams.dropped));
  say("watches", number(status.clients.watches));
  say("version", `${status.software} ${status.version}`);
}

async function ask(path) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function look() {
  try {
    show(await ask("/v1/status"));
    answered = Date.now();
    if (!past || Date.now() - askedHistory > past.interval * 1000) {
      askedHistory = Date.now();
      past = await ask("/v1/history");
      showHistory();
    }
  } catch {
    const silent = Math.round((Date.now() - answered) / 1000);
    if (silent > 4) showHealth("", `It has not answered this page for ${duration(silent)}.`, []);
  }
  setTimeout(look, document.hidden ? 5 * kAskEvery : kAskEvery);
}

look();
