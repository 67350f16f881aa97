"""The same work with the libraries people use, timed for the ratios of the reference run.

usage: theirs.py DATA_FOLDER FOLDS.csv CUSTOMERS.csv
Prints one JSON object a line: what, seconds (each round), figures. Only the work itself is timed:
not reading, not the making of tables. Needs lifetimes 0.11.3, mlxtend
0.23.1 (0.23.4 took a hundred times as long) and scikit-learn.
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
ROUNDS = 5


def told(what, work, rounds=ROUNDS):
    seconds, figures = [], None
    for _ in range(rounds):
        clock = time.perf_counter()
        figures = work()
        seconds.append(time.perf_counter() - clock)
    print(json.dumps({"what": what, "seconds": seconds, "figures": [float(f) for f in figures]}), flush=True)


def pareto_nbd(customers):
    from lifetimes import ParetoNBDFitter

    table = pd.read_csv(customers)

    def fit():
        model = ParetoNBDFitter()
        model.fit(table["x"], table["t_x"], table["tenure"])
        return [model.params_[name] for name in ("r", "alpha", "s", "beta")]

    told("pareto_nbd", fit)


def groceries(data):
    from mlxtend.frequent_patterns import fpgrowth
    from mlxtend.preprocessing import TransactionEncoder

    with open(f"{data}/groceries.csv") as lines:
        baskets = [[item.strip() for item in line.strip().split(",")] for line in lines]
    encoder = TransactionEncoder()
    table = pd.DataFrame(encoder.fit(baskets).transform(baskets), columns=encoder.columns_)
    told("fp_growth", lambda: [len(fpgrowth(table, min_support=0.001))])


def telco(data, folds):
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    table = pd.read_csv(f"{data}/Telco-Customer-Churn.csv")
    numbers = ["tenure", "MonthlyCharges", "TotalCharges"]
    for name in numbers:
        table[name] = pd.to_numeric(table[name], errors="coerce").fillna(0.0)
    left = (table["Churn"] == "Yes").to_numpy()
    rows = table.drop(columns=["customerID", "Churn"])
    rows["SeniorCitizen"] = rows["SeniorCitizen"].astype(str)
    choices = [name for name in rows if name not in numbers]
    fold = pd.read_csv(folds)["fold"].to_numpy()

    def five():
        aucs = []
        for n in range(5):
            encode = ColumnTransformer(
                [("n", StandardScaler(), numbers), ("c", OneHotEncoder(drop="first"), choices)]
            )
            model = make_pipeline(encode, LogisticRegression(C=1.0, max_iter=1000))
            model.fit(rows[fold != n], left[fold != n])
            chance = model.predict_proba(rows[fold == n])[:, 1]
            aucs.append(roc_auc_score(left[fold == n], chance))
        return [np.mean(aucs)]

    told("telco", five)


if __name__ == "__main__":
    data, folds, customers = sys.argv[1:4]
    telco(data, folds)
    groceries(data)
    pareto_nbd(customers)
