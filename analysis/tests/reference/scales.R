# The one-factor solution with the optimiser driven as far as it goes without giving up; the
# default criterion (1e7) leaves uniquenesses off by up to 1e-5.
solution <- function(data) {
  for (factr in c(10, 100, 1000, 10000)) {
    control <- list(nstart = 5, opt = list(maxit = 100000, factr = factr, pgtol = 0))
    fit <- tryCatch(factanal(data, 1, control = control), error = function(problem) NULL)
    if (!is.null(fit)) return(fit)
  }
  stop("no solution")
}

# By another program, from covariances, so that nothing is rescaled afterwards.
omega_of_lavaan <- function(data) {
  model <- paste("f =~", paste(names(data), collapse = " + "))
  for (tolerance in c(1e-14, 1e-13, 1e-12, 1e-11, 1e-10)) {
    fit <- suppressWarnings(cfa(model, data, std.lv = TRUE, control = list(rel.tol = tolerance)))
    if (lavInspect(fit, "converged")) break
  }
  stopifnot(lavInspect(fit, "converged"))
  parts <- lavInspect(fit, "est")
  sum(parts$lambda)^2 / (sum(parts$lambda)^2 + sum(diag(parts$theta)))
}

alpha_of_psych <- function(data, keys = NULL) {
  # psych prints advice on items that go against the others.
  capture.output(found <- suppressWarnings(alpha(data, keys = keys, check.keys = FALSE)))
  found$total$raw_alpha
}

# The starts of factanal are drawn.
set.seed(1)
for (case in list(
  c("scale_9_items", "-"), c("scale_7_items", "-"), c("scale_3_items", "-"), c("scale_5_items", "-"),
  c("scale_reversed", "-"), c("scale_reversed", "i2+i5"), c("scale_weak", "-")
)) {
  data <- data_set(case[1])
  against <- if (case[2] == "-") character() else strsplit(case[2], "+", fixed = TRUE)[[1]]
  keys <- if (length(against)) against else NULL
  figure("alpha", case[1], case[2], value = alpha_of_psych(data, keys))
  data[against] <- 4 - data[against]

  fit <- solution(data)
  sds <- sapply(data, sd)
  common <- sum(fit$loadings * sds)^2
  figure("omega", case[1], case[2], value = common / (common + sum(fit$uniquenesses * sds^2)))
  figure("omega_lavaan", case[1], case[2], value = omega_of_lavaan(data))
  for (item in c(1, 3)) {
    figure("uniqueness", case[1], case[2], item, value = fit$uniquenesses[[item]])
    figure("loading", case[1], case[2], item, value = fit$loadings[[item]])
  }
  figure("covariance", case[1], case[2], 1, 3, value = cov(data)[1, 3])
  figure("refused", case[1], case[2], value = as.numeric(min(fit$uniquenesses) <= 0.005))
}

heywood <- data_set("scale_heywood")
figure("refused", "scale_heywood", "-", value = as.numeric(min(solution(heywood)$uniquenesses) <= 0.005))
figure("alpha", "scale_heywood", "-", value = alpha_of_psych(heywood))
