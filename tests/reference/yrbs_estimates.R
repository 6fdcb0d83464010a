# Computes yrbs_estimates.csv from ../data/yrbs_2019.csv. Run in this directory, with R's survey:
#
#     Rscript yrbs_estimates.R
#
# A group is a subset of the design, not of the data. Centers for Disease Control and Prevention
# published 19.5 % for q23 and 15.7 % for q24 in 2019.

suppressPackageStartupMessages(library(survey))

data <- read.csv("../data/yrbs_2019.csv")
whole <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, nest = TRUE, data = data)
items <- list(q23 = 1, q24 = 1, q15 = 2:5, q18 = 2:8)

one <- function(item, group, part) {
  codes <- items[[item]]
  known <- part[!is.na(part$variables[[item]]), ]
  known <- update(known, holds = as.numeric(known$variables[[item]] %in% codes))
  mean <- svymean(~holds, known, deff = "replace")
  share <- svyciprop(~holds, known, method = "logit")
  ends <- attr(share, "ci")
  data.frame(item = item, group = group, n = nrow(known$variables), estimate = coef(mean)[[1]],
             se = SE(mean)[[1]], ci_low = ends[[1]], ci_high = ends[[2]], df = degf(known),
             deff = deff(mean)[[1]])
}

rows <- NULL
for (item in names(items)) {
  rows <- rbind(rows, one(item, "all", whole))
  for (by in c("q2", "q3")) for (code in sort(unique(na.omit(data[[by]])))) {
    part <- whole[which(data[[by]] == code), ]
    rows <- rbind(rows, one(item, paste0(by, "=", code), part))
  }
}
write.csv(rows, "yrbs_estimates.csv", row.names = FALSE, quote = FALSE)
