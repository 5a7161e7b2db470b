//! Acts and how real they are, as PLOVER codes them.

codes! {
    /// A PLOVER event type. CONSULT is a [`Meeting`](crate::Meeting) and not an act here.
    Act {
        /// Agree, offer, promise, commit.
        Agree = "AGREE",
        /// Endorse, praise, thank.
        Support = "SUPPORT",
        /// Yield, ease, lift, waive.
        Concede = "CONCEDE",
        /// Act jointly, sign, exchange.
        Cooperate = "COOPERATE",
        /// Give material help.
        Aid = "AID",
        /// Withdraw forces, release.
        Retreat = "RETREAT",
        /// Ask, demand, propose, call on, invite.
        Request = "REQUEST",
        /// Blame, allege.
        Accuse = "ACCUSE",
        /// Refuse, rule out, deny a demand or charge.
        Reject = "REJECT",
        /// Warn of a consequence.
        Threaten = "THREATEN",
        /// Demonstrate, protest.
        Protest = "PROTEST",
        /// Impose, expel, cut.
        Sanction = "SANCTION",
        /// Build up, deploy, exercise.
        Mobilize = "MOBILIZE",
        /// Seize, block, attack by cyber means.
        Coerce = "COERCE",
        /// Attack with arms.
        Assault = "ASSAULT",
    }
}

codes! {
    /// How real an act is told to be (PLOVER mode and ACE modality).
    Modality {
        /// It is done or being done.
        Actual = "actual",
        /// It was done before the events that the article tells of.
        Historical = "historical",
        /// It will be done.
        Future = "future",
        /// It would be done if something else came about.
        Hypothetical = "hypothetical",
        /// It is told not to be so.
        Negated = "negated",
    }
}
