# Makes the small data sets that the reference figures are computed from. The data are invented;
# they stay the same as long as the seeds and R's generators do.
#
#     Rscript data.R

set.seed(20190301)

# Clusters with a common part: a score of 0-100 and a hit that depends on the same part.
clustered <- function(sizes, spread) {
  cluster <- rep(seq_along(sizes), sizes)
  part <- rnorm(length(sizes), sd = spread)[cluster]
  score <- pmin(100, pmax(0, round(50 + 20 * (part + rnorm(length(cluster))))))
  hit <- rbinom(length(cluster), 1, plogis(-1.5 + part))
  data.frame(cluster, score, hit)
}

write <- function(data, name) write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)

write(clustered(rep(24, 18), 0.4), "clusters_balanced")
write(clustered(rep(6, 30), 0.8), "clusters_small")
write(clustered(c(1, 2, 3, sample(5:34, 22, replace = TRUE), 60), 0.5), "clusters_unbalanced")
# Every cluster holds the whole range: an ICC under 0.
alike <- data.frame(cluster = rep(1:12, each = 5), score = rep(c(0, 25, 50, 75, 100), 12))
alike$hit <- as.integer(alike$score >= 75)
alike$hit[c(1, 32)] <- 1L
write(alike, "clusters_alike")

# Codes of 0 to `top` from one common factor (and a second, for misfit), cut at unequal places.
scale_of <- function(n, loadings, cuts, second = 0) {
  factors <- cbind(rnorm(n), rnorm(n))
  second <- rep_len(second, length(loadings))
  codes <- sapply(seq_along(loadings), function(item) {
    noise <- sqrt(max(0, 1 - loadings[item]^2 - second[item]^2)) * rnorm(n)
    findInterval(factors[, 1] * loadings[item] + factors[, 2] * second[item] + noise, cuts[[item]])
  })
  colnames(codes) <- paste0("i", seq_along(loadings))
  codes
}

rare <- function(k) lapply(seq_len(k), function(item) c(0.5, 1.2, 1.6, 2) + item / 20)
even <- function(k) lapply(seq_len(k), function(item) c(-1.5, -0.7, 0.2, 1) + item / 15)

write(scale_of(400, seq(0.5, 0.85, length.out = 9), rare(9)), "scale_9_items")
write(scale_of(300, c(0.7, 0.6, 0.5, 0.8, 0.65, 0.55, 0.6), even(7), 0.3), "scale_7_items")
write(scale_of(150, c(0.8, 0.6, 0.7), even(3)), "scale_3_items")
write(scale_of(250, c(0.6, 0.5, 0.7, 0.55, 0.65), even(5), c(0.5, 0.5, 0, 0, -0.4)), "scale_5_items")
# As asked: items 2 and 5 are worded the other way round.
against <- scale_of(260, c(0.6, 0.7, 0.5, 0.75, 0.65, 0.6), even(6))
against[, c(2, 5)] <- 4 - against[, c(2, 5)]
write(against, "scale_reversed")
write(scale_of(120, rep(c(0.3, 0.45, 0.5), 4)[1:10], even(10)), "scale_weak")
# Nearly the same question twice and little in common otherwise: a Heywood case.
twice <- scale_of(200, c(0.9, 0.3, 0.2, 0.25), even(4))
twin <- twice[, 1]
change <- sample(200, 10)
twin[change] <- pmin(4, twin[change] + 1)
write(cbind(twice, i5 = twin), "scale_heywood")
