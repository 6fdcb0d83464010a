# Computes the reference figures of the statistics. Run in this directory:
#
#     Rscript figures.R
#
# Writes figures.csv, one figure a line: a function with its arguments, separated by spaces, and
# the value with 17 digits; and versions.txt. The tests call the same function of the crate with
# the same arguments. Arguments that are words name a data set made by data.R.

suppressPackageStartupMessages({
  library(survey)
  library(psych)
  library(lavaan)
})

rows <- character()
figure <- function(..., value) {
  stopifnot(length(value) == 1, is.finite(value))
  number <- function(x) {
    if (!is.numeric(x)) return(x)
    short <- sprintf("%.15g", x)
    if (as.numeric(short) == x) short else sprintf("%.17g", x)
  }
  name <- paste(sapply(list(...), number), collapse = " ")
  rows <<- c(rows, sprintf("%s,%.17g", name, value))
}
data_set <- function(name) read.csv(paste0(name, ".csv"))

for (part in c("intervals", "clusters", "scales", "differences", "shrinkage")) {
  source(paste0(part, ".R"))
}

stopifnot(!anyDuplicated(sub(",.*", "", rows)))
writeLines(c("figure,value", rows), "figures.csv")
packages <- sapply(c("survey", "psych", "lavaan"), function(p) as.character(packageVersion(p)))
writeLines(c(R.version.string, paste(names(packages), packages)), "versions.txt")
