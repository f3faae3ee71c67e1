//! Fields that the cluster does not have.

use super::fault::Fault;
use super::form::Later;
use super::{Finding, Schema, Trail};
use crate::yaml::{Data, Node};

impl Schema<'_> {
    /// The fields of a tree that the cluster does not have: `fault` says so of those that not every cluster has.
    pub(crate) fn later(self, node: &Node, fault: impl Fn(Later) -> Option<Fault> + Copy) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.later_within(node, fault, &Trail::Top, &mut findings);
        findings
    }

    fn later_within(self, node: &Node, fault: impl Fn(Later) -> Option<Fault> + Copy, at: &Trail<'_>, findings: &mut Vec<Finding>) {
        match &node.data {
            Data::Map(entries) => {
                for (key, entry) in entries {
                    let at = &Trail::Key(at, key);
                    let mut later = self.0.later.iter().find(|(later, _)| later == key).map(|(_, later)| *later);
                    if let Some(later) = later.as_mut().filter(|later| later.older.is_some_and(|older| entry.value.as_str() == Some(older)))
                    {
                        later.gate = None;
                    }
                    if let Some(fault) = later.and_then(fault) {
                        findings.push(at.finding(fault));
                    } else if let Some(below) = self.property(key) {
                        below.later_within(&entry.value, fault, at, findings);
                    }
                }
            }
            Data::List(items) => {
                let Some(below) = self.items() else { return };
                for (index, item) in items.iter().enumerate() {
                    below.later_within(item, fault, &Trail::Index(at, index), findings);
                }
            }
            Data::Null | Data::Bool(_) | Data::Number(..) | Data::String(_) => {}
        }
    }
}
