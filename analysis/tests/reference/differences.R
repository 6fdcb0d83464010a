# R has no interval by Newcombe's method 10; the formula stands on prop.test's score limits.
ends <- function(share, n) {
  as.vector(suppressWarnings(prop.test(share * n, n, correct = FALSE))$conf.int)
}

for (case in list(
  c(56 / 70, 70, 48 / 80, 80), c(9 / 10, 10, 3 / 10, 10), c(6 / 7, 7, 2 / 7, 7),
  c(5 / 56, 56, 0, 29), c(0, 10, 0, 20), c(1, 10, 0, 20), c(0.066, 611.4, 0.081, 590.25),
  c(0.175, 37.5, 0.29, 4123.75), c(0.0684, 1e5, 0.0676, 1.2e5)
)) {
  first <- ends(case[1], case[2])
  second <- ends(case[3], case[4])
  d <- case[1] - case[3]
  down <- sqrt((case[1] - first[1])^2 + (second[2] - case[3])^2)
  up <- sqrt((first[2] - case[1])^2 + (case[3] - second[1])^2)
  arguments <- as.list(case)
  do.call(figure, c("difference_low", arguments, value = d - down))
  do.call(figure, c("difference_high", arguments, value = d + up))
  if (case[1] + case[3] > 0) {
    test <- suppressWarnings(prop.test(case[c(1, 3)] * case[c(2, 4)], case[c(2, 4)], correct = FALSE))
    z <- sign(d) * sqrt(as.vector(test$statistic))
    do.call(figure, c("score_z", arguments, value = z))
    do.call(figure, c("score_p", arguments, value = test$p.value))
  }
}

# A part of 24 with 5 hits in a group of 431 with 52.
figure("rest_share", 52 / 431, 431, 5 / 24, 24, value = 47 / 407)

for (values in list(
  c(0.01, 0.04, 0.03, 0.005), c(0.9, 0.04, 0.04, 0.2, 0.001), c(0.03),
  c(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 1)
)) {
  by_r <- p.adjust(values, method = "BH")
  for (place in seq_along(values)) {
    do.call(figure, c("adjusted", place, as.list(values), value = by_r[place]))
  }
}
