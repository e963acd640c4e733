// The form of the citizens, where there is script: answers survive a closed page, a cut line is tried again, and
// a small puzzle is solved so that nobody has to slow this address down. Without script the form works as it is.
// A form on a device of the unit (data-kiosk) keeps nothing and empties itself when nobody touches it.

const WAITS_S = [2, 4, 8, 15, 30];
const KEEP_MS = 24 * 3600 * 1000;
const IDLE_MS = 90_000;
const FRESH_MS = 600_000;
const TRIES_A_TURN = 1500;

const done = document.querySelector("[data-survey-done]");
if (done) forget(keyOf(location.pathname.replace(/\/[^/]*$/, "")));
const form = document.querySelector<HTMLFormElement>("form[data-survey]");
if (form) begin(form);

function begin(form: HTMLFormElement): void {
  const key = keyOf(location.pathname);
  const kiosk = form.dataset.kiosk;
  const shared = kiosk !== undefined;
  if (kiosk !== undefined) emptyWhenIdle(form, kiosk);
  if (!shared) restore(form, key);
  form.addEventListener("input", () => shared || keep(form, key));
  void solve(form);
  let tries = 0;
  let sending = false;
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    say(form, form.dataset.busy ?? "");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields(form)) });
      if (answer.redirected) {
        forget(key);
        location.replace(answer.url);
        return;
      }
      // Refused: the server says why on its own page; the sheet makes a second sending the same answer.
      form.submit();
    } catch {
      sending = false;
      say(form, form.dataset.cut ?? "");
      setTimeout(() => void send(), 1000 * (WAITS_S[Math.min(tries++, WAITS_S.length - 1)] ?? 30));
    }
  };
  form.addEventListener("submit", (event) => {
    // Another language: the page comes back with all that was answered.
    if (event.submitter instanceof HTMLButtonElement && event.submitter.name === "bahasa") return;
    event.preventDefault();
    void send();
  });
  addEventListener("online", () => tries > 0 && void send());
}

function emptyWhenIdle(form: HTMLFormElement, address: string): void {
  let last = Date.now();
  for (const kind of ["input", "pointerdown", "keydown", "scroll"]) addEventListener(kind, () => (last = Date.now()));
  setInterval(() => {
    const begun = [...form.elements].some((field) => field instanceof HTMLInputElement && field.checked);
    if (Date.now() - last > (begun ? IDLE_MS : FRESH_MS)) location.replace(address);
  }, 1000);
}

function keyOf(path: string): string {
  return `bening-survei ${path}`;
}

function fields(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)]);
}

function say(form: HTMLFormElement, text: string): void {
  const line = form.querySelector<HTMLElement>("[data-line]");
  if (line) [line.textContent, line.hidden] = [text, text === ""];
}

function keep(form: HTMLFormElement, key: string): void {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields(form).filter(([name]) => name !== "bukti") }));
  } catch {
    // Full or forbidden: the form still works, only not across a closed page.
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** Puts back what was answered, sheet included, so that an answer that did arrive is not counted twice. */
function restore(form: HTMLFormElement, key: string): void {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as { at: number; fields: [string, string][] };
    if (!kept || Date.now() - kept.at > KEEP_MS) return forget(key);
    for (const [name, value] of kept.fields) put(form.elements.namedItem(name), value);
    // What came back with a message carries the sheet that counts.
    const sheet = form.querySelector<HTMLInputElement>("[name=lembar]");
    const given = kept.fields.find(([name]) => name === "lembar")?.[1];
    if (sheet && given && !document.querySelector("[role=alert]")) sheet.value = given;
  } catch {
    forget(key);
  }
}

function put(field: Element | RadioNodeList | null, value: string): void {
  const fits = field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (fits && field.value === "") field.value = value;
}

async function solve(form: HTMLFormElement): Promise<void> {
  const sheet = form.querySelector<HTMLInputElement>("[name=lembar]");
  const proof = form.querySelector<HTMLInputElement>("[name=bukti]");
  const bits = Number(form.dataset.survey);
  if (!sheet || !proof || !(bits > 0 && bits <= 24)) return;
  for (let n = 0; proof.value === ""; n++) {
    if (n % TRIES_A_TURN === 0) await new Promise((turn) => setTimeout(turn));
    if (firstWord(`${sheet.value}:${n}`) >>> (32 - bits) === 0) proof.value = String(n);
  }
}

// SHA-256 (FIPS 180-4), first word only. By hand, for crypto.subtle is not there on plain HTTP.
const ROUNDS = constants(64, 3);
const START = constants(8, 2);

/** The first bits behind the point of the square or cube roots of the first primes. */
function constants(count: number, root: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  return primes.map((prime) => ((prime ** (1 / root) % 1) * 2 ** 32) | 0);
}

function firstWord(text: string): number {
  const length = text.length;
  const words = new Int32Array((((length + 8) >> 6) + 1) * 16);
  for (let i = 0; i < length; i++) words[i >> 2]! |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  words[length >> 2]! |= 0x80 << (24 - (length & 3) * 8);
  words[words.length - 1] = length * 8;
  let state = START;
  for (let block = 0; block < words.length; block += 16) state = compress(state, words.subarray(block, block + 16));
  return state[0]!;
}

function compress(state: number[], block: Int32Array): number[] {
  const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
  const w = new Int32Array(64);
  w.set(block);
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15]!, w[i - 2]!];
    const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    w[i] = w[i - 16]! + small + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]!) | 0);
}
