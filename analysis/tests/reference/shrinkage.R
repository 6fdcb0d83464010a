# rho by its definition, unit by unit.
for (name in c("clusters_balanced", "clusters_small", "clusters_unbalanced", "clusters_alike")) {
  data <- data_set(name)
  p <- mean(data$hit)
  n <- tapply(data$hit, data$cluster, length)
  S <- sum(n * (tapply(data$hit, data$cluster, mean) - p)^2)
  N <- sum(n)
  m <- length(n)
  rho <- (S / (p * (1 - p)) - (m - 1)) / ((N - sum(n^2) / N) - (m - 1))
  figure("rho", name, value = min(0.99, max(0, rho)))
}

# Share of all, rho, hits and answers of the unit.
for (case in list(
  c(0.068, 0.02, 9, 63), c(0.068, 0.02, 0, 0), c(0.068, 0.02, 0, 40), c(0.175, 0.004, 812.5, 4400.25),
  c(0.5, 0.3, 40, 40), c(0.001, 0.99, 0, 3), c(0.29, 1e-4, 30500, 98000), c(0.07, 1e-6, 14000, 200000),
  c(1e-6, 1e-7, 0, 5), c(0.07, 1e-8, 273000, 3.9e6)
)) {
  weight <- 1 / case[2] - 1
  a <- case[1] * weight + case[3]
  b <- (1 - case[1]) * weight + case[4] - case[3]
  q <- qbeta(c(0.025, 0.975), a, b)
  if (a > 0.1) stopifnot(abs(pbeta(q, a, b) - c(0.025, 0.975)) < 1e-9)
  arguments <- as.list(case)
  do.call(figure, c("posterior_mean", arguments, value = a / (a + b)))
  do.call(figure, c("posterior_low", arguments, value = q[1]))
  do.call(figure, c("posterior_high", arguments, value = q[2]))
}
