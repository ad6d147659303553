/* Đèn Sách: tables worked by keyboard. Arrows and Enter go between rows and cells, typing searches or narrows, a row
   that is left is kept. Everything here is a help: without this script each row is a plain form and each list a page. */
(function () {
  "use strict";

  var FIELD = "input:not([type=hidden]), select";

  /* What is sent as one: the frame of a household where a table has frames, else a row or a paper. */
  function asOne(target, otherwise) { return target.closest(".as-one") || target.closest(otherwise); }

  function rowsOf(table) {
    var rows = table.classList.contains("by-home") ? ".as-one" : "tbody tr";
    return Array.prototype.filter.call(table.querySelectorAll(rows), function (row) {
      return !row.hidden && !row.classList.contains("more");
    });
  }

  function fieldsOf(row) { return Array.prototype.slice.call(row.querySelectorAll(".cell " + "input, .cell select")); }

  function named(fields, name) { return fields.filter(function (field) { return field.name === name; })[0]; }

  function enter(field) {
    if (!field) return false;
    field.focus();
    if (field.select) field.select();
    return true;
  }

  /* ---- a list of links ---- */

  function stepInList(event, table) {
    var rows = rowsOf(table), at = rows.indexOf(event.target.closest("tr"));
    var to = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (to < 0 || to >= rows.length) return;
    var link = rows[to].querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }

  /* ---- sheets as rows ---- */

  function keep(row) {
    var button = row.querySelector("button[value=luu]");
    if (!row.dataset.changed || !button) return;
    delete row.dataset.changed;
    button.form.requestSubmit(button);
  }

  function atEnd(field, back) {
    if (field.tagName === "SELECT") return true;
    var whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    return whole || (field.selectionStart === field.selectionEnd && field.selectionStart === (back ? 0 : field.value.length));
  }

  function stepInCells(event, row) {
    var table = row.closest("table"), rows = rowsOf(table), fields = fieldsOf(row), at = fields.indexOf(event.target);
    var turn = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (event.target.tagName === "SELECT" && event.key !== "Enter") turn = 0;
    if (turn) {
      event.preventDefault();
      if (event.key === "Enter") keep(row);
      for (var next = rows.indexOf(row) + turn; next >= 0 && next < rows.length; next += turn) {
        var there = fieldsOf(rows[next]), first = event.key === "Enter" && !table.classList.contains("beside");
        if (enter(first ? there[0] : named(there, event.target.name) || there[at])) return;
      }
      if (event.key === "Enter") enter(fields[0]);
      return;
    }
    var step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.target.tagName !== "SELECT" && atEnd(event.target, step < 0) && fields[at + step]) {
      event.preventDefault();
      enter(fields[at + step]);
    }
  }

  function stepOnPaper(event, section) {
    var fields = Array.prototype.slice.call(section.querySelectorAll(FIELD)), at = fields.indexOf(event.target);
    if (event.key !== "Enter" && !(event.target.tagName === "INPUT" && /^Arrow(Up|Down)$/.test(event.key))) return;
    event.preventDefault();
    if (event.key === "ArrowUp") { enter(fields[at - 1]); return; }
    if (enter(fields[at + 1]) || event.key !== "Enter") return;
    keep(section);
    var next = section.nextElementSibling;
    enter(next && next.querySelector(FIELD));
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var field = event.target.closest("input, select, textarea"), row = asOne(event.target, "tr, .on-paper");
    if (field && row && row.classList.contains("on-paper")) { stepOnPaper(event, row); return; }
    if (field && row && row.closest(".writing, .beside")) { stepInCells(event, row); return; }
    var table = document.querySelector("table.rows:not(.writing):not(.beside)");
    if (!table) return;
    if (event.key === "ArrowDown" || (event.key === "ArrowUp" && !field)) { stepInList(event, table); return; }
    var search = document.querySelector(".search:not([hidden]) input[type=search]");
    if (!field && search && event.key.length === 1 && event.key !== " ") search.focus();
  });

  document.addEventListener("input", function (event) {
    var row = asOne(event.target, ".writing tr, .on-paper");
    if (row) row.dataset.changed = "1";
  });

  document.addEventListener("focusout", function (event) {
    var row = event.target.closest(".writing tr, .on-paper");
    if (row && !(event.relatedTarget && row.contains(event.relatedTarget))) keep(row);
  });

  /* The day and the place of the household above go on, until something else is typed. */
  document.addEventListener("focusin", function (event) {
    var row = event.target.closest(".as-one"), above = row && row.previousElementSibling;
    if (!above) return;
    row.querySelectorAll("[data-carried]").forEach(function (field) {
      var from = above.querySelector("[name=" + field.name + "]");
      if (from && !field.value) field.value = from.value;
    });
  });

  document.addEventListener("submit", function (event) {
    var row = document.getElementById((event.target.id || "").replace(/^p-/, "dong-"));
    if (row) delete row.dataset.changed;
  }, true);

  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("[data-changed]")) event.preventDefault();
  });

  /* ---- the grid of a whole village, narrowed by typing ---- */

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  var narrow = document.querySelector(".narrow");
  if (narrow) {
    narrow.hidden = false;
    var lines = rowsOf(document.querySelector("table.grid")).map(function (row) {
      return { row: row, text: folded(row.cells[0].textContent + " " + row.cells[1].textContent) };
    });
    narrow.querySelector("input").addEventListener("input", function (event) {
      var words = folded(event.target.value).split(/\s+/);
      lines.forEach(function (line) {
        line.row.hidden = !words.every(function (word) { return line.text.indexOf(word) >= 0; });
      });
    });
  }

  /* ---- texts to paste ---- */

  document.querySelectorAll("button.copy").forEach(function (button) {
    var text = document.getElementById(button.dataset.copies);
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.value).then(function () { button.textContent = button.dataset.done; });
    });
    text.addEventListener("focus", function () { text.select(); });
  });
})();
