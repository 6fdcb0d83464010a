# The analysis of variance by aov; n0, ICC and design effect by the stated formulas.
for (name in c("clusters_balanced", "clusters_small", "clusters_unbalanced", "clusters_alike")) {
  data <- data_set(name)
  size <- as.vector(table(data$cluster))
  N <- sum(size)
  m <- length(size)
  for (item in c("score", "hit")) {
    answer <- data[[item]]
    squares <- summary(aov(answer ~ factor(data$cluster)))[[1]][["Mean Sq"]]
    n0 <- (N - sum(size^2) / N) / (m - 1)
    icc <- (squares[1] - squares[2]) / (squares[1] + (n0 - 1) * squares[2])
    deff <- 1 + (sum(size^2) / N - 1) * max(0, icc)
    figure("mean", name, item, value = mean(answer))
    figure("sd", name, item, value = sd(answer))
    figure("between", name, item, value = squares[1])
    figure("within", name, item, value = squares[2])
    figure("icc", name, item, value = icc)
    figure("deff", name, item, value = deff)
    figure("effective", name, item, value = N / deff)
  }
  figure("size", name, value = n0)
}

# ICC(1) of psych needs clusters of equal size.
for (name in c("clusters_balanced", "clusters_small", "clusters_alike")) {
  data <- data_set(name)
  for (item in c("score", "hit")) {
    table <- do.call(rbind, split(data[[item]], data$cluster))
    figure("icc_psych", name, item, value = ICC(table, lmer = FALSE)$results$ICC[1])
  }
}

# What a sample of clusters gives by design. With clusters of equal size n both ways lead to the
# same standard error, sqrt(MSB / N), when the variance that deff multiplies is the one of the
# analysis of variance, (MSB + (n - 1) MSW) / n = MSW / (1 - ICC). svymean's own deff divides by
# the variance over pupils instead, with N - 1: by definition another number, larger by the
# ratio of the two variances. With clusters of unequal size the two ways differ: svymean weighs
# a cluster's deviation by n_i^2, the analysis of variance by n_i.
for (name in c("clusters_balanced", "clusters_small")) {
  data <- data_set(name)
  design <- svydesign(ids = ~cluster, data = data, weights = ~1)
  for (item in c("score", "hit")) {
    estimate <- svymean(reformulate(item), design, deff = "replace")
    figure("survey_se", name, item, value = as.vector(SE(estimate)))
    figure("survey_deff", name, item, value = as.vector(deff(estimate)))
    ends <- confint(estimate, df = degf(design))
    figure("survey_low", name, item, value = ends[1])
    figure("survey_high", name, item, value = ends[2])
  }
}
