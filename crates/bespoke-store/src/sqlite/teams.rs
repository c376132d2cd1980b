//! Teams: workspaces with members. Somebody who owns one cannot leave it without another owner.

use super::{Store, found, hash, new_id, now};
use crate::crypto::{Cell, PersonKey, new_secret};
use crate::db::{Row, Tx, query};
use crate::{MemberRow, Membership, StoreError, TeamRow, TeamSummary};

pub(super) fn team_cell(id: &str) -> Cell<'_> {
    Cell {
        table: "teams",
        column: "name",
        row: id,
    }
}

fn member_cell(id: &str) -> Cell<'_> {
    Cell {
        table: "members",
        column: "name",
        row: id,
    }
}

fn team(row: &Row, key: &PersonKey) -> Result<TeamRow, StoreError> {
    let id: String = row.try_get("team_id")?;
    Ok(TeamRow {
        name: key.open_text(team_cell(&id), row.try_get("team_name")?)?,
        created_at: row.try_get("team_made")?,
        id,
    })
}

fn member_name(row: &Row, key: &PersonKey) -> Result<String, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(key.open_text(member_cell(&id), row.try_get("name")?)?)
}

/// Lets one transaction at a time change who is in a team.
pub(super) async fn hold_team(tx: &mut Tx, team: &str) -> Result<(), StoreError> {
    let held = query("UPDATE teams SET created_at = created_at WHERE workspace_id = ?")
        .bind(team)
        .execute(&mut **tx)
        .await?;
    found(&held)
}

/// Refuses where nobody but `member` owns the team.
async fn another_owns(tx: &mut Tx, team: &str, member: &str) -> Result<(), StoreError> {
    let other = query("SELECT 1 FROM members WHERE workspace_id = ? AND member_id <> ? AND role = 'owner'")
        .bind(team)
        .bind(member)
        .fetch_optional(&mut **tx)
        .await?;
    other.map(|_| ()).ok_or(StoreError::LastOwner)
}

/// Adds a member; the account must be there.
pub(super) async fn add_member(
    tx: &mut Tx,
    key: &PersonKey,
    team: &str,
    member: &str,
    role: &str,
    name: &str,
) -> Result<(), StoreError> {
    let id = new_id();
    let added = query("INSERT INTO members (id, workspace_id, member_id, role, name, joined_at) SELECT ?, ?, workspace_id, ?, ?, ? FROM accounts WHERE workspace_id = ?")
        .bind(&id)
        .bind(team)
        .bind(role)
        .bind(key.seal(member_cell(&id), name.as_bytes())?)
        .bind(now())
        .bind(member)
        .execute(&mut **tx)
        .await?;
    found(&added)
}

impl Store {
    /// Makes a team with a key of its own; the account `owner` owns it and is called `own_name` there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such account; the database fails.
    pub async fn create_team(&self, owner: &str, name: &str, own_name: &str) -> Result<TeamRow, StoreError> {
        let made = TeamRow {
            id: new_id(),
            name: name.to_owned(),
            created_at: now(),
        };
        let mut tx = self.begin_for(&made.id).await?;
        // Nobody holds the token of its workspace: it opens to its members alone.
        query("INSERT INTO workspaces (id, token_hash, created_at) VALUES (?, ?, ?)")
            .bind(&made.id)
            .bind(hash(&new_secret()?))
            .bind(&made.created_at)
            .execute(&mut *tx)
            .await?;
        let key = self.new_key(&mut tx, &made.id).await?;
        query("INSERT INTO teams (workspace_id, name, created_at) VALUES (?, ?, ?)")
            .bind(&made.id)
            .bind(key.seal(team_cell(&made.id), name.as_bytes())?)
            .bind(&made.created_at)
            .execute(&mut *tx)
            .await?;
        add_member(&mut tx, &key, &made.id, owner, "owner", own_name).await?;
        tx.commit().await?;
        self.keyring.hold(&made.id, key);
        Ok(made)
    }

    /// The teams of an account, the oldest membership first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn memberships(&self, member: &str) -> Result<Vec<Membership>, StoreError> {
        self.memberships_in(member, None).await
    }

    /// The membership of an account in one team, where it has one.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn membership(&self, team: &str, member: &str) -> Result<Option<Membership>, StoreError> {
        Ok(self.memberships_in(member, Some(team)).await?.pop())
    }

    async fn memberships_in(&self, member: &str, only: Option<&str>) -> Result<Vec<Membership>, StoreError> {
        let rows = query("SELECT m.id AS id, m.role AS role, m.name AS name, m.joined_at AS joined_at, t.workspace_id AS team_id, t.name AS team_name, t.created_at AS team_made FROM members m JOIN teams t ON t.workspace_id = m.workspace_id WHERE m.member_id = ? AND (? IS NULL OR t.workspace_id = ?) ORDER BY m.joined_at, m.id")
            .bind(member)
            .bind(only)
            .bind(only)
            .fetch_all(&self.readers)
            .await?;
        let mut list = Vec::new();
        for row in rows {
            let key = self.person_key(row.try_get("team_id")?).await?;
            list.push(Membership {
                team: team(&row, &key)?,
                role: row.try_get("role")?,
                name: member_name(&row, &key)?,
                joined_at: row.try_get("joined_at")?,
            });
        }
        Ok(list)
    }

    /// What an account is in a team: `owner`, `editor`, `commenter` or `viewer`; none where it is no member, or there is no
    /// such team.
    ///
    /// # Errors
    /// The database fails.
    pub async fn role_in_team(&self, team: &str, member: &str) -> Result<Option<String>, StoreError> {
        let row = query("SELECT role FROM members WHERE workspace_id = ? AND member_id = ?")
            .bind(team)
            .bind(member)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|row| row.try_get("role")).transpose()?)
    }

    /// The members of a team, the longest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn members(&self, team: &str) -> Result<Vec<MemberRow>, StoreError> {
        let key = self.person_key(team).await?;
        let rows = query(
            "SELECT id, member_id, role, name, joined_at FROM members WHERE workspace_id = ? ORDER BY joined_at, id",
        )
        .bind(team)
        .fetch_all(&self.readers)
        .await?;
        let mut list = Vec::new();
        for row in rows {
            let member_id: String = row.try_get("member_id")?;
            // Somebody who has just deleted the account is a member no more.
            let Some(account) = self.account(&member_id).await? else {
                continue;
            };
            list.push(MemberRow {
                role: row.try_get("role")?,
                name: member_name(&row, &key)?,
                email: account.email,
                joined_at: row.try_get("joined_at")?,
                member_id,
            });
        }
        Ok(list)
    }

    /// Calls a team something else.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn rename_team(&self, team: &str, name: &str) -> Result<(), StoreError> {
        let key = self.person_key(team).await?;
        let done = query("UPDATE teams SET name = ? WHERE workspace_id = ?")
            .bind(key.seal(team_cell(team), name.as_bytes())?)
            .bind(team)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// Calls a member of a team something else.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the team has no such member; the database fails.
    pub async fn rename_member(&self, team: &str, member: &str, name: &str) -> Result<(), StoreError> {
        let key = self.person_key(team).await?;
        let mut tx = self.begin_for(team).await?;
        let row = query("SELECT id FROM members WHERE workspace_id = ? AND member_id = ?")
            .bind(team)
            .bind(member)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let id: String = row.try_get("id")?;
        query("UPDATE members SET name = ? WHERE id = ?")
            .bind(key.seal(member_cell(&id), name.as_bytes())?)
            .bind(&id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// [`StoreError::LastOwner`] where nobody would own the team any more; [`StoreError::NotFound`] where it has no such
    /// member; the database fails.
    pub async fn set_member_role(&self, team: &str, member: &str, role: &str) -> Result<(), StoreError> {
        let mut tx = self.begin_for(team).await?;
        hold_team(&mut tx, team).await?;
        let done = query("UPDATE members SET role = ? WHERE workspace_id = ? AND member_id = ?")
            .bind(role)
            .bind(team)
            .bind(member)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        if role != "owner" {
            another_owns(&mut tx, team, member).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Takes a member out of a team, with the tokens that the member has bound to it.
    ///
    /// # Errors
    /// As [`Store::set_member_role`].
    pub async fn remove_member(&self, team: &str, member: &str) -> Result<(), StoreError> {
        let mut tx = self.begin_for(team).await?;
        hold_team(&mut tx, team).await?;
        let done = query("DELETE FROM members WHERE workspace_id = ? AND member_id = ?")
            .bind(team)
            .bind(member)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        another_owns(&mut tx, team, member).await?;
        query("DELETE FROM api_tokens WHERE team_id = ? AND workspace_id = ?")
            .bind(team)
            .bind(member)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Teams that would have no owner without this account, though they have other members.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn teams_held_up_by(&self, member: &str) -> Result<Vec<TeamRow>, StoreError> {
        let rows = query("SELECT t.workspace_id AS team_id, t.name AS team_name, t.created_at AS team_made FROM teams t JOIN members m ON m.workspace_id = t.workspace_id WHERE m.member_id = ? AND m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM members o WHERE o.workspace_id = t.workspace_id AND o.role = 'owner' AND o.member_id <> m.member_id) AND EXISTS (SELECT 1 FROM members o WHERE o.workspace_id = t.workspace_id AND o.member_id <> m.member_id) ORDER BY t.created_at, t.workspace_id")
            .bind(member)
            .fetch_all(&self.readers)
            .await?;
        let mut list = Vec::new();
        for row in rows {
            let key = self.person_key(row.try_get("team_id")?).await?;
            list.push(team(&row, &key)?);
        }
        Ok(list)
    }

    /// Every team, oldest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn teams(&self) -> Result<Vec<TeamSummary>, StoreError> {
        let rows = query("SELECT t.workspace_id AS team_id, t.name AS team_name, t.created_at AS team_made, (SELECT COUNT(*) FROM members m WHERE m.workspace_id = t.workspace_id) AS members, (SELECT COUNT(*) FROM resumes r WHERE r.workspace_id = t.workspace_id) AS resumes FROM teams t ORDER BY t.created_at, t.workspace_id")
            .fetch_all(&self.readers)
            .await?;
        let mut list = Vec::new();
        for row in rows {
            let key = self.person_key(row.try_get("team_id")?).await?;
            list.push(TeamSummary {
                team: team(&row, &key)?,
                members: row.try_get("members")?,
                resumes: row.try_get("resumes")?,
            });
        }
        Ok(list)
    }

    /// Before an account goes: takes its name off the comments that it wrote elsewhere, and gives teams that nobody would own
    /// to the member who may do most and is there longest. Gives the teams that nobody else is in.
    pub(super) async fn part_from_teams(&self, tx: &mut Tx, member: &str) -> Result<Vec<String>, StoreError> {
        let rows = query("SELECT id, workspace_id FROM comments WHERE author_id = ? AND workspace_id <> ?")
            .bind(member)
            .bind(member)
            .fetch_all(&mut **tx)
            .await?;
        for row in rows {
            let (id, of): (String, String) = (row.try_get("id")?, row.try_get("workspace_id")?);
            let nameless = self
                .person_key(&of)
                .await?
                .seal(super::comments::cell(&id, "author"), b"")?;
            query("UPDATE comments SET author = ?, by_owner = 0 WHERE id = ?")
                .bind(nameless)
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        }
        let rows = query("SELECT m.workspace_id AS team, (SELECT o.id FROM members o WHERE o.workspace_id = m.workspace_id AND o.member_id <> m.member_id ORDER BY CASE o.role WHEN 'owner' THEN 0 WHEN 'editor' THEN 1 WHEN 'commenter' THEN 2 ELSE 3 END, o.joined_at, o.id LIMIT 1) AS heir FROM members m WHERE m.member_id = ? AND m.role = 'owner'")
            .bind(member)
            .fetch_all(&mut **tx)
            .await?;
        let mut alone = Vec::new();
        for row in rows {
            match row.try_get::<Option<String>, _>("heir")? {
                // Who owns it already stays what they are.
                Some(heir) => {
                    query("UPDATE members SET role = 'owner' WHERE id = ?")
                        .bind(heir)
                        .execute(&mut **tx)
                        .await?;
                }
                None => alone.push(row.try_get("team")?),
            }
        }
        Ok(alone)
    }
}
