// What is typed or chosen beside a source chooses that source.
for (const choice of document.querySelectorAll(".choice")) {
  const chosen = choice.querySelector('input[type="radio"]');
  for (const kind of ["input", "change"]) {
    choice.addEventListener(kind, (event) => {
      if (event.target !== chosen && event.target.value) chosen.checked = true;
    });
  }
}
