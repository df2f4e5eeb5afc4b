# Fixed values for tests/bosett/expenditure/test_r_survey.py, computed with R's survey package.
# Run in this folder: Rscript fixed_values.R > fixed_values.csv
# Input: units.csv (the whole frame of an invented survey; amounts empty = no answer).
suppressMessages(library(survey))
options(digits = 17)
frame <- read.csv("units.csv", colClasses = c(municipality_id = "character"))
frame$cell <- paste(frame$stratum, frame$certainty)
frame$size <- ave(rep(1, nrow(frame)), frame$cell, FUN = sum)
asked <- frame[frame$sampled == 1, ]
cat(sprintf("# R %s, survey %s\n", paste(R.version$major, R.version$minor, sep = "."), packageVersion("survey")))
cat("estimator,area,per_person_nok,standard_error,respondents\n")
tell <- function(kind, area, value, error, n)
  cat(sprintf("%s,%s,%.15g,%.15g,%d\n", kind, area, value, error, n))
for (area in c("school", "housing")) {
  one <- asked[!is.na(asked[[area]]), ]
  whole <- tapply(asked$base_weight, asked$cell, sum)
  here <- tapply(one$base_weight, one$cell, sum)
  one$weight <- one$base_weight * as.numeric(whole[one$cell] / here[one$cell])
  one$amount <- one[[area]]
  design <- svydesign(ids = ~1, strata = ~cell, weights = ~weight, fpc = ~size, data = one)
  ratio <- svyratio(~amount, ~eligible_persons, design)
  tell("ratio", area, coef(ratio), SE(ratio), nrow(one))
  persons <- sum(frame$eligible_persons)
  totals <- c(eligible_persons = persons, children = sum(frame$children))
  greg <- calibrate(design, ~ eligible_persons + children - 1, totals, variance = c(1, 0))
  sum_greg <- svytotal(~amount, greg)
  tell("greg", area, coef(sum_greg) / persons, SE(sum_greg) / persons, nrow(one))
}
both <- asked[!is.na(asked$school) & !is.na(asked$housing), ]
whole <- tapply(asked$base_weight, asked$cell, sum)
here <- tapply(both$base_weight, both$cell, sum)
both$weight <- both$base_weight * as.numeric(whole[both$cell] / here[both$cell])
both$amount <- both$school + both$housing
design <- svydesign(ids = ~1, strata = ~cell, weights = ~weight, fpc = ~size, data = both)
ratio <- svyratio(~amount, ~eligible_persons, design)
tell("ratio", "both", coef(ratio), SE(ratio), nrow(both))
