# Fixed values for tests/bosett/expenditure/test_textbook.py, computed with R's survey package on the population
# MU284 of Särndal, Swensson and Wretman (1992), appendix B, as it stands in R's package `sampling`.
# Run in this folder: Rscript mu284.R > mu284_values.csv   (mu284.csv is written from the package when it is there).
suppressMessages(library(survey))
options(digits = 17)
if (requireNamespace("sampling", quietly = TRUE)) {
  data(MU284, package = "sampling")
  write.csv(MU284[, c("LABEL", "P75", "RMT85", "S82", "REG")], "mu284.csv", row.names = FALSE, quote = FALSE)
}
all <- read.csv("mu284.csv")
all$size <- ave(rep(1, nrow(all)), all$REG, FUN = sum)
one <- all[all$LABEL %% 4 == 0, ]
one$weight <- one$size / ave(rep(1, nrow(one)), one$REG, FUN = sum)
design <- svydesign(ids = ~1, strata = ~REG, weights = ~weight, fpc = ~size, data = one)
cat(sprintf("# R %s, survey %s\n", paste(R.version$major, R.version$minor, sep = "."), packageVersion("survey")))
cat("estimator,per_person,standard_error,respondents\n")
tell <- function(kind, value, error) cat(sprintf("%s,%.15g,%.15g,%d\n", kind, value, error, nrow(one)))
ratio <- svyratio(~RMT85, ~P75, design)
tell("ratio", coef(ratio), SE(ratio))
greg <- calibrate(design, ~ P75 + S82 - 1, c(P75 = sum(all$P75), S82 = sum(all$S82)), variance = c(1, 0))
total <- svytotal(~RMT85, greg)
tell("greg", coef(total) / sum(all$P75), SE(total) / sum(all$P75))
