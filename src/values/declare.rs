//! What [`Values`](super::Values) is made of, from one list.

/// Declares [`Values`]: the general keys, then the components, a line each, and those that stand within another.
macro_rules! values {
    (
        general { $( $(#[$general_doc:meta])* $general:ident: $general_type:ty, )* }
        components { $( $(#[$component_doc:meta])* $component:ident: $component_type:ty, )* }
        within { $( $outer:ident.$inner:ident, )* }
    ) => {
        /// The whole values file. Every key has a default, which stands in the edition's own values file; a user's says
        /// only what differs.
        #[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
        #[serde(rename_all = "camelCase", default)]
        pub struct Values {
            $( $(#[$general_doc])* pub $general: $general_type, )*
            $( $(#[$component_doc])* pub $component: $component_type, )*
        }

        impl Values {
            /// The components that exist, each by its key in snake case: `workers`, or `workers.edge` within it.
            #[must_use]
            pub fn components(&self) -> Vec<(&'static str, &dyn Component)> {
                vec![
                    $( (stringify!($component), &self.$component as &dyn Component), )*
                    $( (concat!(stringify!($outer), ".", stringify!($inner)), &*self.$outer.$inner as &dyn Component), )*
                ]
            }

            /// Those of them whose objects are written.
            #[must_use]
            pub fn enabled_components(&self) -> Vec<(&'static str, &dyn Component)> {
                let mut all = self.components();
                all.retain(|(_, component)| component.enabled(self));
                all
            }
        }
    };
}

/// The key that a field of the values has.
#[must_use]
pub fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |key, word| key + &word[..1].to_uppercase() + &word[1..])
}
