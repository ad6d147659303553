/* Đèn Sách: the sheet of a rubric, one question a screen on a phone, with the verdict so far.
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
  var program = null;

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

  function show() {
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
})();
