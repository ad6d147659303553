/* Đèn Sách: the sheet of a rubric, one question a screen on a phone. Where a rubric is tried it shows the verdict so
   far; where somebody fills in a sheet of their own it shows what is still open, and keeps every answer at once.
   Everything here is a help: without this script the form is sent to the server and gives the same result. */
(function () {
  "use strict";

  var form = document.querySelector("form.sheet");
  if (!form || !window.DensachRules || !window.fetch) return;

  var questions = Array.prototype.slice.call(form.querySelectorAll("fieldset"));
  var soFar = form.querySelector(".so-far"), verdict = soFar.querySelector("output"), strip = soFar.querySelector(".strip");
  var steps = form.querySelector(".steps"), where = steps.querySelector(".where"), told = where.textContent;
  var back = steps.querySelector(".back"), next = steps.querySelector(".next");
  var NUMBER = /^(\d{1,3}([. ]\d{3})+|\d{1,12})$/;
  var at = Math.max(0, questions.findIndex(function (one) { return one.classList.contains("wrong"); }));
  if (form.querySelector(".asked.wrong")) at = questions.length - 1; /* it stands beside the button, on the last */
  var program = null, keeps = form.classList.contains("keeps");

  /* The answers as facts; throws {code: "F102"} for what is no whole number. */
  function facts() {
    var found = {};
    program.facts.forEach(function (fact) {
      var field = form.elements[fact.id], text = field && field.value.trim();
      if (!text) return;
      if (fact.kind === "boolean") found[fact.id] = text === "true";
      else if (fact.choices.length) found[fact.id] = text;
      else if (NUMBER.test(text)) found[fact.id] = Number(text.replace(/[. ]/g, ""));
      else throw { code: "F102", fact: fact.id };
    });
    return found;
  }

  function judged() {
    try {
      return window.DensachRules.judge(program, facts());
    } catch (refusal) {
      if (!refusal.code) throw refusal;
      return refusal;
    }
  }

  /* Which indicators an answer could still change: their verdict is open, or their points are. */
  function openIndicators() {
    var rules = window.DensachRules, layout = program.layout, open = {};
    var found = rules.values(program, rules.boundsOf(program, facts()));
    layout.findings.forEach(function (one) {
      var skips = found[one.not_applicable], maySkip = found[one.not_applicable + 1];
      var undecided = one.met.some(function (pair) {
        return rules.verdictOf(skips, maySkip, found[pair[1]], found[pair[1] + 1]) === "unknown";
      });
      open[one.id] = undecided || (layout.points !== null && found[one.points] !== found[one.points + 1]);
    });
    return open;
  }

  function isAnswered(question) {
    return form.elements[question.dataset.fact].value.trim() !== "";
  }

  /* On a sheet of one's own: which questions are still open, and no verdict before it was sent. */
  function showOpen() {
    var open;
    soFar.hidden = false;
    try {
      open = openIndicators();
    } catch (refusal) {
      if (!refusal.code) throw refusal;
      verdict.textContent = form.dataset[refusal.code === "F104" ? "tooMuch" : "wrong"];
      return;
    }
    var left = questions.filter(function (one) { return !isAnswered(one) && open[one.dataset.indicator]; });
    verdict.textContent = left.length ? form.dataset.left.replace("N", left.length) : form.dataset.whole;
    strip.textContent = questions.map(function (one) { return left.indexOf(one) < 0 ? "■" : "□"; }).join("");
    var list = form.querySelector(".left"), items = list.querySelector("ul");
    list.hidden = !left.length;
    items.textContent = "";
    left.forEach(function (one) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + one.id;
      link.textContent = one.querySelector("legend").textContent;
      link.addEventListener("click", function (event) { event.preventDefault(); go(questions.indexOf(one), true); });
      item.appendChild(link);
      items.appendChild(item);
    });
  }

  function show() {
    if (keeps) return showOpen();
    var result = judged();
    soFar.hidden = false;
    verdict.className = "verdict " + (result.verdict || "");
    verdict.textContent = result.verdict ? verdict.dataset[result.verdict]
      : form.dataset[result.code === "F104" ? "tooMuch" : "wrong"];
    strip.textContent = "";
    strip.hidden = !result.verdict;
    if (!result.verdict) return;
    strip.setAttribute("aria-label", result.findings.map(function (one) {
      return one.id + " " + verdict.dataset[one.verdict].slice(2);
    }).join("; ") + ".");
    result.findings.forEach(function (one) {
      var mark = document.createElement("span");
      mark.className = "verdict " + one.verdict;
      mark.textContent = strip.dataset[one.verdict];
      strip.appendChild(mark);
    });
  }

  function go(to, focus) {
    at = Math.min(Math.max(to, 0), questions.length - 1);
    questions.forEach(function (one, place) { one.classList.toggle("now", place === at); });
    form.classList.toggle("last", at === questions.length - 1);
    document.querySelector("main").classList.toggle("begun", at > 0);
    where.textContent = told.replace("N", at + 1).replace("M", questions.length);
    back.disabled = at === 0;
    next.disabled = at === questions.length - 1;
    var field = questions[at].querySelector("input:checked, input");
    if (!focus || !field) return;
    field.focus({ preventScroll: true });
    questions[at].scrollIntoView({ block: window.matchMedia("(max-width: 44rem)").matches ? "start" : "nearest" });
  }

  form.classList.add("stepped");
  steps.hidden = false;
  back.addEventListener("click", function () { go(at - 1, true); });
  next.addEventListener("click", function () { go(at + 1, true); });
  form.addEventListener("focusin", function (event) {
    var question = questions.indexOf(event.target.closest("fieldset"));
    if (question >= 0 && question !== at) go(question, false);
  });
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.type !== "text" || at === questions.length - 1) return;
    event.preventDefault();
    go(at + 1, true);
  });
  go(at, false);

  fetch(form.dataset.program).then(function (answer) { return answer.json(); }).then(function (loaded) {
    program = loaded;
    form.addEventListener("input", show);
    show();
  });

  /* Keeping every answer at once: one request at a time, for what was changed since the last. */
  if (!keeps) return;
  var version = form.elements.version, saved = form.querySelector(".saved"), AGAIN = 8000;
  var changed = {}, busy = false, stopped = false, sending = false, timer = 0, after = null;

  function keepLater(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, wait);
  }

  function keep() {
    window.clearTimeout(timer);
    var names = Object.keys(changed);
    if (busy || stopped || !names.length) return;
    var body = new FormData();
    ["csrfmiddlewaretoken", "version"].concat(names).forEach(function (name) {
      body.append(name, form.elements[name].value);
    });
    busy = true;
    changed = {};
    fetch(form.action, { method: "POST", body: body, headers: { "X-Keeps": "1" }, keepalive: true })
      .then(function (answer) { return answer.json(); })
      .then(heard, function () {
        names.forEach(function (name) { changed[name] = true; });
        saved.textContent = form.dataset.offline;
        keepLater(AGAIN);
      })
      .then(function () {
        busy = false;
        if (after) after();
        else if (Object.keys(changed).length && saved.textContent !== form.dataset.offline) keep();
      });
    names.forEach(function (name) { problemOf(name, ""); });
  }

  function heard(answer) {
    if (answer.version) version.value = answer.version;
    if (answer.stopped) stopped = true;
    if (!Object.keys(changed).length || answer.stopped) saved.textContent = answer.stopped || answer.saved || "";
    Object.keys(answer.problems || {}).forEach(function (name) { problemOf(name, answer.problems[name]); });
  }

  function problemOf(name, sentence) {
    var place = document.getElementById(name + "-sai");
    place.hidden = !sentence;
    place.textContent = sentence;
    place.closest("fieldset").classList.toggle("wrong", !!sentence);
  }

  form.addEventListener("input", function (event) {
    if (!event.target.closest("fieldset")) return;
    changed[event.target.name] = true;
    if (!stopped) saved.textContent = form.dataset.saving;
    keepLater(event.target.type === "text" ? 900 : 150);
  });
  window.addEventListener("online", function () { keepLater(0); });
  window.addEventListener("pagehide", keep);
  window.addEventListener("beforeunload", function (event) {
    if (!sending && !stopped && (busy || Object.keys(changed).length)) event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    sending = true;
    if (!busy) return;
    event.preventDefault();
    after = function () { form.requestSubmit(event.submitter); };
  });
})();

/* A photo is made smaller before it is sent, so that slow data carries it; the server draws it anew all the same. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-shrunk]"), LONGEST = 1600, LIGHT = 400000;
  if (!form || !window.createImageBitmap || !window.DataTransfer) return;
  var field = form.querySelector("input[type=file]"), told = form.querySelector(".shrunk"), button = form.querySelector("button");

  function drawn(picture) {
    var part = Math.min(1, LONGEST / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * part);
    canvas.height = Math.round(picture.height * part);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.82); });
  }

  field.addEventListener("change", function () {
    var file = field.files[0];
    told.textContent = "";
    if (!file || file.size < LIGHT || file.type.indexOf("image/") !== 0) return;
    button.disabled = true;
    window.createImageBitmap(file, { imageOrientation: "from-image" }).then(drawn).then(function (small) {
      if (!small || small.size >= file.size) return;
      var chosen = new DataTransfer();
      chosen.items.add(new File([small], "anh.jpg", { type: "image/jpeg" }));
      field.files = chosen.files;
      told.textContent = form.dataset.shrunk.replace("F", Math.ceil(file.size / 1000)).replace("T", Math.ceil(small.size / 1000));
    }).catch(function () { /* the file goes as it is, and the server says what is wrong with it */ }).then(function () {
      button.disabled = false;
    });
  });
})();
