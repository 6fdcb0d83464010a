// Opens SurveyJS forms with survey-core; any error, and any condition it cannot run, is a failure.
const { readFileSync } = require("fs");
const { Model, ConditionRunner } = require("survey-core");

let failed = false;
for (const path of process.argv.slice(2)) {
  const form = new Model(JSON.parse(readFileSync(path)));
  const questions = form.getAllQuestions();
  const errors = (form.jsonErrors || []).map((error) => error.message);
  const asked = questions.filter((question) => question.visibleIf);
  const stuck = asked.filter((question) => !new ConditionRunner(question.visibleIf).canRun());
  console.log(path, questions.length, "questions,", asked.length, "conditions");
  for (const problem of [...errors, ...stuck.map((question) => question.visibleIf)]) {
    console.log(" ", problem);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
