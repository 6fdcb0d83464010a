figure("z", value = qnorm(0.975))

# prop.test without correction gives Wilson's interval, and takes fractional numbers.
for (case in list(
  c(0, 12), c(1, 12), c(0.5, 1), c(0.068, 812.5), c(0.175, 37.25), c(0.141, 1.5), c(1e-3, 4400.9),
  c(0.9, 10), c(0.9995, 2000), c(0.25, 3.9e6)
)) {
  ends <- suppressWarnings(prop.test(case[1] * case[2], case[2], correct = FALSE))$conf.int
  figure("wilson_low", case[1], case[2], value = ends[1])
  figure("wilson_high", case[1], case[2], value = ends[2])
}

# Half the length of the interval of a mean with standard error 1.
for (freedom in c(1, 2, 3, 4.5, 9, 17, 29, 120, 399, 400, 1001.5, 7000, 50000, 160000, 3.9e6)) {
  figure("t_half", freedom, value = qt(0.975, freedom))
}

# As if there were no clusters.
for (name in c("clusters_balanced", "clusters_unbalanced")) {
  ends <- t.test(data_set(name)$score)$conf.int
  figure("mean_low", name, "score", value = ends[1])
  figure("mean_high", name, "score", value = ends[2])
}
