/* Đèn Sách: judges one subject by an exported rubric program, with the same results as the server.
   A plain script without dependencies; every number is a whole number below 2**53. */
(function (root) {
  "use strict";

  var FORM = "densach-program 1";

  var APPLY = {
    add: function (a, b) { return a + b; },
    mul: function (a, b) { return a * b; },
    min: function (a, b) { return a < b ? a : b; },
    max: function (a, b) { return a > b ? a : b; },
    ge: function (a, b) { return a >= b ? 1 : 0; },
    eq: function (a, b) { return a === b ? 1 : 0; },
    and: function (a, b) { return a & b; },
    or: function (a, b) { return a | b; },
    not: function (a) { return 1 - a; },
    pick: function (c, a, b) { return c ? a : b; }
  };

  /* The outputs of the program for the lowest and highest value of every fact, two places each. */
  function run(program, bounds) {
    var values = new Array(program.code.length);
    program.code.forEach(function (step, at) {
      if (step[0] === "lit") values[at] = step[1];
      else if (step[0] === "var") values[at] = bounds[step[1]];
      else values[at] = APPLY[step[0]](values[step[1]], values[step[2]], values[step[3]]);
    });
    return program.outputs.map(function (at) { return values[at]; });
  }

  /* The bounds of the facts given; throws {code, fact} (F101 to F105) for what the sheet does not take. */
  function boundsOf(program, facts) {
    var bounds = [], place = Object.create(null);
    program.facts.forEach(function (fact, at) {
      place[fact.id] = at;
      bounds.push(fact.low, fact.high);
    });
    Object.keys(facts).forEach(function (name) {
      if (!(name in place)) throw { code: "F101", fact: name };
      if (facts[name] === null) return;
      bounds[2 * place[name]] = bounds[2 * place[name] + 1] = numberOf(program.facts[place[name]], facts[name]);
    });
    if (!tighten(program, bounds)) throw { code: "F104", fact: null };
    return bounds;
  }

  function numberOf(fact, answer) {
    if (fact.kind === "boolean") {
      if (answer !== true && answer !== false) throw { code: "F103", fact: fact.id };
      return answer ? 1 : 0;
    }
    if (fact.choices.length) {
      if (fact.choices.indexOf(answer) < 0) throw { code: "F105", fact: fact.id };
      return fact.choices.indexOf(answer);
    }
    if (!Number.isInteger(answer) || answer < fact.low || answer > fact.high) throw { code: "F102", fact: fact.id };
    return answer;
  }

  /* Narrow the bounds so that no part exceeds its base; false when that cannot be. */
  function tighten(program, bounds) {
    program.parts.forEach(function (pair) {
      bounds[2 * pair[1]] = Math.max(bounds[2 * pair[1]], bounds[2 * pair[0]]);
    });
    program.parts.slice().reverse().forEach(function (pair) {
      bounds[2 * pair[0] + 1] = Math.min(bounds[2 * pair[0] + 1], bounds[2 * pair[1] + 1]);
    });
    return program.parts.every(function (pair) {
      return pair.every(function (at) { return bounds[2 * at] <= bounds[2 * at + 1]; });
    });
  }

  /* The outputs over all completions: facts that pull both ways are tried value by value. */
  function values(program, bounds) {
    var open = program.enumerates.filter(function (at) { return bounds[2 * at] !== bounds[2 * at + 1]; });
    if (!open.length) return run(program, bounds);
    var union = null;
    complete(program, bounds, open, function (completed) {
      var found = run(program, completed);
      union = union === null ? found : union.map(function (one, at) {
        return at % 2 ? Math.max(one, found[at]) : Math.min(one, found[at]);
      });
    });
    return union;
  }

  function complete(program, bounds, open, visit) {
    if (!open.length) {
      if (tighten(program, bounds)) visit(bounds);
      return;
    }
    for (var number = bounds[2 * open[0]]; number <= bounds[2 * open[0] + 1]; number++) {
      var pinned = bounds.slice();
      pinned[2 * open[0]] = pinned[2 * open[0] + 1] = number;
      complete(program, pinned, open.slice(1), visit);
    }
  }

  function verdictOf(skips, maySkip, met, mayBeMet) {
    if (skips) return "not_applicable";
    if (met && !maySkip) return "met";
    return mayBeMet || maySkip ? "unknown" : "unmet";
  }

  /* {rubric, verdict, level, points, findings} of one subject, as `densach judge --json` names them. */
  function judge(program, facts) {
    if (program.form !== FORM) throw { code: "F111", fact: null };
    var found = values(program, boundsOf(program, facts)), layout = program.layout;
    var skips = layout.nothing_applies, low = found[layout.level], high = found[layout.level + 1];
    var verdict = verdictOf(found[skips], found[skips + 1], low, high);
    return {
      rubric: program.rubric,
      verdict: verdict,
      level: verdict === "met" && low === high ? layout.ladder[low - 1] : null,
      points: layout.points === null ? null : {
        low: found[layout.points],
        high: layout.total_known ? found[layout.points + 1] : null
      },
      findings: layout.findings.map(function (one) {
        var at = one.met[0][1], no = one.not_applicable;
        return { id: one.id, verdict: verdictOf(found[no], found[no + 1], found[at], found[at + 1]) };
      })
    };
  }

  root.DensachRules = { judge: judge, run: run, values: values, boundsOf: boundsOf, verdictOf: verdictOf };
})(typeof globalThis !== "undefined" ? globalThis : this);
