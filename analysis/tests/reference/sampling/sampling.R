# Computes the reference figures of estimates from samples. Run in this directory:
#
#     Rscript sampling.R
#
# Writes the data sets of R's `survey` (api: California Department of Education, Academic
# Performance Index 2000; nhanes: US National Center for Health Statistics, 2009-2010, both public),
# with the columns used here, and figures.csv: design, estimator with its arguments, then value, se
# and, where there is one, both ends of the interval.

suppressPackageStartupMessages(library(survey))

write_data <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
yes <- function(x) as.integer(x == "Yes")
schools <- function(data) {
  data$sch.wide <- yes(data$sch.wide)
  data$stype <- as.character(data$stype)
  data
}

data(api)
data(nhanes)
apistrat <- schools(apistrat); apiclus1 <- schools(apiclus1); apiclus2 <- schools(apiclus2)
write_data(apistrat[c("stype", "pw", "fpc", "api00", "api99", "enroll", "api.stu", "sch.wide")], "apistrat")
write_data(apiclus1[c("dnum", "pw", "fpc", "api00", "api99", "enroll", "api.stu", "sch.wide", "stype")], "apiclus1")
write_data(apiclus2[c("dnum", "snum", "pw", "fpc1", "fpc2", "api00", "api99", "enroll", "api.stu", "sch.wide", "stype")], "apiclus2")
nhanes <- nhanes[c("SDMVPSU", "SDMVSTRA", "WTMEC2YR", "HI_CHOL", "race", "agecat", "RIAGENDR")]
nhanes$agecat <- as.integer(nhanes$agecat)
write_data(nhanes, "nhanes")

lines <- "design,estimator,value,se,low,high,df"
number <- function(x) if (is.null(x) || is.na(x)) "" else sprintf("%.17g", x)
figure <- function(design, estimator, value, se = NA, low = NA, high = NA, df = NA) {
  numbers <- sapply(list(value, se, low, high, df), number)
  lines <<- c(lines, paste(c(design, estimator, numbers), collapse = ","))
}
statistic <- function(name, label, design, result, df = degf(design)) {
  ends <- as.vector(confint(result, df = df))
  figure(name, label, coef(result)[[1]], SE(result)[[1]], ends[1], ends[2], df)
}

all_of <- function(name, design) {
  known <- subset(design, !is.na(enroll) & !is.na(api.stu))
  statistic(name, "total enroll", known, svytotal(~enroll, known))
  statistic(name, "mean api00", design, svymean(~api00, design))
  figure(name, "deff api00", as.vector(deff(svymean(~api00, design, deff = "replace"))))
  statistic(name, "ratio api.stu enroll", known, svyratio(~api.stu, ~enroll, known))
  share <- svyciprop(~I(sch.wide == 1), design, method = "logit")
  figure(name, "share sch.wide", coef(share)[[1]], SE(share)[[1]], attr(share, "ci")[1],
         attr(share, "ci")[2], degf(design))
  for (type in c("E", "M", "H")) {
    part <- subset(design, stype == type)
    statistic(name, paste("mean api00 stype", type), part, svymean(~api00, part))
    part <- subset(part, !is.na(enroll))
    statistic(name, paste("total enroll stype", type), part, svytotal(~enroll, part))
  }
  by <- svyby(~api00, ~stype, design, svymean, covmat = TRUE)
  between <- svycontrast(by, c(E = 1, H = -1))
  figure(name, "difference api00 stype E H", coef(between)[[1]], SE(between)[[1]])
  for (part in c(0.1, 0.5, 0.9)) {
    q <- svyquantile(~api00, design, part, qrule = "math", interval.type = "mean")
    ends <- confint(q)
    figure(name, paste("quantile api00", part), coef(q)[[1]], SE(q)[[1]], ends[1], ends[2])
  }
  test <- svychisq(~sch.wide + stype, design, statistic = "F")
  figure(name, "association sch.wide stype", test$statistic[[1]], NA, test$parameter[[1]],
         test$parameter[[2]], test$p.value[[1]])
}

all_of("apistrat", svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc))
all_of("apistrat_without_fpc", svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat))
all_of("apiclus1", svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc))
all_of("apiclus2", svydesign(id = ~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = apiclus2))
all_of("apiclus2_one_stage", svydesign(id = ~dnum, weights = ~pw, data = apiclus2))

national <- svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes)
share_of <- function(label, part) {
  known <- subset(part, !is.na(HI_CHOL))
  share <- svyciprop(~HI_CHOL, known, method = "logit")
  figure("nhanes", label, coef(share)[[1]], SE(share)[[1]], attr(share, "ci")[1],
         attr(share, "ci")[2], degf(known))
}
share_of("share HI_CHOL", national)
for (one in 1:4) share_of(paste("share HI_CHOL race", one), national[which(nhanes$race == one), ])
test <- svychisq(~RIAGENDR + agecat, national, statistic = "F")
figure("nhanes", "association RIAGENDR agecat", test$statistic[[1]], NA, test$parameter[[1]],
       test$parameter[[2]], test$p.value[[1]])

# A stratum that loses all clusters but one.
lonely <- apistrat
lonely <- lonely[!(lonely$stype == "H" & duplicated(lonely$stype)), ]
write_data(lonely[c("stype", "pw", "fpc", "api00", "enroll")], "lonely")
for (rule in c("certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  one <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = lonely)
  statistic(paste0("lonely_", rule), "mean api00", one, svymean(~api00, one))
  statistic(paste0("lonely_", rule), "total enroll", one, svytotal(~enroll, one))
}

writeLines(lines, "figures.csv")
writeLines(c(R.version.string, paste("survey", packageVersion("survey"))), "versions.txt")
