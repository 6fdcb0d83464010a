# Computes the reference figures of calibrated and replicate weights. Run in this directory, after
# sampling.R, which writes the api data sets:
#
#     Rscript weights.R
#
# Writes scd.csv (the data set of R's `survey`: cardiac arrests by ambulance, P. S. Levy,
# S. Lemeshow, Sampling of Populations, 1991) and weights.csv: case, figure, value, se.

suppressPackageStartupMessages(library(survey))
options(survey.replicates.mse = FALSE)

data(api)
data(scd)
write.csv(scd, "scd.csv", row.names = FALSE, quote = FALSE)

lines <- "case,figure,value,se"
number <- function(x) if (length(x) == 0 || is.na(x)) "" else sprintf("%.17g", x)
figure <- function(case, name, value, se = NA) {
  lines <<- c(lines, paste(case, name, number(value), number(se), sep = ","))
}
statistic <- function(case, name, result) figure(case, name, coef(result)[[1]], SE(result)[[1]])

schools <- function(case, design, domain = TRUE) {
  statistic(case, "total enroll", svytotal(~enroll, design))
  statistic(case, "mean api00", svymean(~api00, design))
  statistic(case, "ratio api.stu enroll", svyratio(~api.stu, ~enroll, design))
  if (domain) statistic(case, "mean api00 stype E", svymean(~api00, subset(design, stype == "E")))
  figure(case, "lowest weight", min(weights(design, "sampling")))
  figure(case, "highest weight", max(weights(design, "sampling")))
}

# Calibration to known totals of all Californian schools.
one <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
strata <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
types <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018)
schools("linear_stype", calibrate(one, ~stype, types))
both <- c(types, api99 = 3914069)
greg <- calibrate(one, ~stype + api99, both)
schools("linear_api99", greg)
schools("raking_api99", calibrate(one, ~stype + api99, both, calfun = "raking"))
schools("bounded_api99", calibrate(one, ~stype + api99, both, bounds = c(0.5, 1.6)))
schools("trimmed_api99", trimWeights(greg, upper = 45, lower = 20, strict = TRUE))
schools("strata_api99", calibrate(strata, ~api99, c(`(Intercept)` = 6194, api99 = 3914069)))
margins <- list(~stype, ~sch.wide)
counts <- list(data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)),
               data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122)))
raked <- rake(one, margins, counts, control = list(maxit = 200, epsilon = 1e-12))
statistic("raked_margins", "total enroll", svytotal(~enroll, raked))
statistic("raked_margins", "mean api00", svymean(~api00, raked))

# Replicate weights.
schools("jackknife_apiclus1", as.svrepdesign(one, type = "JK1"))
schools("jackknife_apistrat", as.svrepdesign(strata, type = "JKn"))
repeated <- as.svrepdesign(svydesign(id = ~dnum, weights = ~pw, data = apiclus1), type = "JK1")
again <- calibrate(repeated, ~stype, types)
statistic("jackknife_calibrated", "total enroll", svytotal(~enroll, again))
statistic("jackknife_calibrated", "mean api00", svymean(~api00, again))

ambulances <- svydesign(data = scd, prob = ~1, id = ~ambulance, strata = ~ESA, nest = TRUE)
known <- svydesign(data = scd, prob = ~1, id = ~ambulance, strata = ~ESA, nest = TRUE,
                   fpc = rep(5, 6))
arrests <- function(case, design) {
  statistic(case, "ratio alive arrests", svyratio(~alive, ~arrests, design))
  statistic(case, "total alive", svytotal(~alive, design))
  statistic(case, "mean alive", svymean(~alive, design))
}
arrests("scd", ambulances)
arrests("scd_fpc", known)
arrests("scd_jackknife", as.svrepdesign(ambulances, type = "JKn"))
arrests("scd_jackknife_fpc", as.svrepdesign(known, type = "JKn"))

# A stratum that loses all clusters but one.
lonely <- apistrat[!(apistrat$stype == "H" & duplicated(apistrat$stype)), ]
for (rule in c("certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  alone <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = lonely)
  statistic(paste0("lonely_jackknife_", rule), "mean api00",
            svymean(~api00, as.svrepdesign(alone, type = "JKn")))
}

writeLines(lines, "weights.csv")
