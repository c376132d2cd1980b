#!/usr/bin/env bash
# Roles, match score, skills and job reader against labelled data that is not shipped, and the tables of it.
#
#   BESPOKE_LABELLED=DIR bash bench/labelled.sh EXAMPLES
#
# EXAMPLES is the folder of the built examples. DIR has `roles/` (resumes_by_category.jsonl, category_to_soc_DRAFT.json,
# jd_resume_pairs_dev.jsonl) and `job-skills/` (skillspan_*.jsonl, sayfullina_*.jsonl, google_jobs_half.jsonl).
set -euo pipefail
cd "$(dirname "$0")/.."
examples="$1"
data="${BESPOKE_LABELLED:-}"
if [ -z "$data" ]; then
  echo "== labelled data: left out, BESPOKE_LABELLED names no folder"
  exit 0
fi
echo "== roles by category, and the match score over pairs of job and résumé"
FOLDS=bench/fields "$examples/eval_roles" "$data/roles"
echo "== skills in job descriptions (SkillSpan, Sayfullina)"
python3 bench/eval_skills.py --bin "$examples/skill_spans" --data "$data/job-skills" --worst 0
echo "== required and preferred apart"
python3 bench/eval_jobs.py --bin "$examples/read_jobs" --spans "$examples/skill_spans" \
  --jobs "$data/job-skills/google_jobs_half.jsonl" --worst 0
