/* Đèn Sách: keys of the device (passkeys), the only thing here that needs a script. A form names what it is for in
   data-key; what the browser is asked for stands in data-options, or is fetched for signing in. */
(function () {
  "use strict";

  var json = window.webauthnJSON, form = document.querySelector("form[data-key]");
  if (!form || !json || !json.supported()) return;

  var kind = form.dataset.key, button = form.querySelector("button[type=button]"), problem = form.querySelector(".problem");

  function options() {
    if (kind !== "login") return Promise.resolve(JSON.parse(form.dataset.options));
    return fetch(form.action, {headers: {Accept: "application/json"}}).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  function ask(data) {
    if (kind !== "add") return json.get(data.request_options);
    var wanted = data.creation_options, choice = wanted.publicKey.authenticatorSelection;
    choice.residentKey = choice.userVerification = "required";
    choice.requireResidentKey = true;
    return json.create(wanted);
  }

  form.hidden = false;
  button.addEventListener("click", function () {
    problem.hidden = true;
    options().then(ask).then(function (credential) {
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    }).catch(function () { problem.hidden = false; });
  });
})();
